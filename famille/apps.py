from django.apps import AppConfig


class FamilleConfig(AppConfig):
    name = "famille"
    verbose_name = "Familles"

    def ready(self) -> None:
        # Whichever process carries the e-mail must know how to make its link.
        from courriels.redaction import PREPARATIONS
        from famille.avis_de_securite import A_CONFIRMER
        from famille.connexion.authentification import LUS_AVEC_LE_COMPTE
        from famille.mots_de_passe import adresse, lien
        from famille.second_facteur.etat import LU, lu_avec_le_compte

        PREPARATIONS[lien.GABARIT] = lien.preparer
        PREPARATIONS[A_CONFIRMER] = adresse.preparer
        # A page of an agent begins by knowing whether it may be shown.
        LUS_AVEC_LE_COMPTE[LU] = lu_avec_le_compte
