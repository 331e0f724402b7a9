from django.apps import AppConfig


class FamilleConfig(AppConfig):
    name = "famille"
    verbose_name = "Familles"

    def ready(self) -> None:
        # Whichever process carries the e-mail must know how to make its link.
        from courriels.redaction import PREPARATIONS
        from famille.avis_de_securite import A_CONFIRMER
        from famille.mots_de_passe import adresse, lien

        PREPARATIONS[lien.GABARIT] = lien.preparer
        PREPARATIONS[A_CONFIRMER] = adresse.preparer
