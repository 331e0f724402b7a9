"""Every address, and what each of us finds there: one line an address."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from tests.adresses import lignes
from tests.adresses.lignes import Troupe

# What an answer may be: a status, or the address one is led to.
PORTE, CHANGEMENT, ADMIN, ACCUEIL = "/connexion/", "/mot-de-passe/changement/", "/admin/", "/"
PREFERENCES, SECURITE = "/preferences/", "/second-facteur/"
MOIS_EN_COURS = "/enfants/…/planning/…/…/"
LIEN, SORTIE = "…/set-password/", "/au-revoir/"
BOITE, FIL = "/messages/", "/messages/…/"
SUIVI, TRESOR = "/paiements/…/", "/tipi-factice/paiement/?…"
FILS, FICHE, ENVOI = (
    "/admin/messagerie/fil/",
    "/admin/messagerie/fil/…/change/",
    "/admin/messagerie/envoi/…/destinataires/",
)
REPAS = "/admin/planning/prestation/repas/"
INSCRIPTIONS_DE_RENTREE = f"/admin/guichet/rentree/{lignes.annee(None)[0]}/inscriptions/"
MOIS_DE_FAMILLE = "/admin/guichet/famille/…/?mois="
POST = "post"
Attendu = int | str


@dataclass(frozen=True)
class Adresse:
    """One address: its name, what each finds there, the rows it names, and how one asks."""

    nom: str
    visiteur: Attendu
    dupont: Attendu
    martin: Attendu
    nouveau: Attendu
    stagiaire: Attendu
    agent: Attendu
    args: Callable[[Troupe], list] = lignes.rien
    methode: str = "get"
    fichier: bool = False

    def chemin(self, troupe: Troupe) -> str:
        return reverse(self.nom, args=self.args(troupe))

    @property
    def est_une_page(self) -> bool:
        return self.methode == "get" and not self.fichier


# `stagiaire`: an agent without any right. `agent`: the front desk, with the rights of « Accueil ».
# fmt: off
ADRESSES = [
    #       name                               visiteur  dupont   martin   nouveau     stagiaire agent
    Adresse("accueil",                         PORTE,    200,     200,     CHANGEMENT, ADMIN,    ADMIN),
    Adresse("pieces", PORTE, 200, 200, CHANGEMENT, ADMIN, ADMIN),
    Adresse("piece", PORTE, 200, 404, CHANGEMENT, ADMIN, ADMIN, lignes.piece_demandee),
    Adresse("piece_enfant", PORTE, 200, 404, CHANGEMENT, ADMIN, ADMIN, lignes.piece_d_enfant),
    Adresse("piece_fichier", PORTE, 200, 404, CHANGEMENT, ADMIN, ADMIN, lignes.fichier_de_piece, fichier=True),
    Adresse("certification", PORTE, 200, 200, CHANGEMENT, ADMIN, ADMIN),
    Adresse("mes_donnees", PORTE, 200, 200, CHANGEMENT, ADMIN, ADMIN, fichier=True),
    Adresse("sante",                           200,      200,     200,     200,        200,      200),
    Adresse("accessibilite",                   200,      200,     200,     200,        200,      200),
    Adresse("mentions_legales",                200,      200,     200,     200,        200,      200),
    Adresse("donnees_personnelles",            200,      200,     200,     200,        200,      200),
    Adresse("famille:connexion",               200,      ACCUEIL, ACCUEIL, CHANGEMENT, ADMIN,    ADMIN),
    Adresse("famille:deconnexion",             SORTIE,   SORTIE,  SORTIE,  SORTIE,     SORTIE,   SORTIE, methode=POST),
    Adresse("famille:au_revoir",               200,      200,     200,     CHANGEMENT, 200,      200),
    Adresse("famille:prolonger_session",       PORTE,    204,     204,     204,        204,      204, methode=POST),
    Adresse("famille:mot_de_passe_oubli",      200,      200,     200,     CHANGEMENT, 200,      200),
    Adresse("famille:mot_de_passe_oubli_envoye", 200,    200,     200,     CHANGEMENT, 200,      200),
    Adresse("famille:mot_de_passe_nouveau",    LIEN,     LIEN,    LIEN,    CHANGEMENT, LIEN,     LIEN, lignes.lien),
    Adresse("famille:mot_de_passe_nouveau_fait", 200,    200,     200,     CHANGEMENT, 200,      200),
    Adresse("famille:mot_de_passe_changement", PORTE,    200,     200,     200,        200,      200),
    # Of agents only; they have none yet.
    Adresse("famille:second_facteur",          PORTE,    404,     404,     CHANGEMENT, 200,      200),
    Adresse("famille:second_facteur_code",     PORTE,    404,     404,     404,        SECURITE, SECURITE),
    Adresse("famille:second_facteur_cle",      PORTE,    404,     404,     CHANGEMENT, 200,      200, methode=POST),
    Adresse("famille:second_facteur_activation", PORTE,  404,     404,     CHANGEMENT, SECURITE, SECURITE),
    Adresse("famille:second_facteur_codes",    PORTE,    404,     404,     CHANGEMENT, 200,      200, methode=POST),
    Adresse("famille:second_facteur_retrait",  PORTE,    404,     404,     CHANGEMENT, 200,      200, methode=POST),
    Adresse("famille:second_facteur_appareil", PORTE,    404,     404,     CHANGEMENT, 404, SECURITE, lignes.appareil, POST),
    Adresse("admin:famille_compte_second_facteur", PORTE, 403,    403,     CHANGEMENT, 403,      403, lignes.compte),
    Adresse("famille:mon_compte",              PORTE,    200,     200,     CHANGEMENT, ADMIN,    ADMIN),
    Adresse("famille:preferences",             PORTE,    200,     200,     CHANGEMENT, ADMIN,    ADMIN),
    Adresse("famille:lien_d_adresse", PORTE, PREFERENCES, PREFERENCES, CHANGEMENT, ADMIN, ADMIN, methode=POST),
    Adresse("famille:adresse",                 PORTE,    200,     404,     CHANGEMENT, 404,      404, lignes.lien_d_adresse),
    Adresse("famille:enfants",                 PORTE,    200,     200,     CHANGEMENT, ADMIN,    ADMIN),
    Adresse("famille:enfant",                  PORTE,    200,     404,     CHANGEMENT, ADMIN,    ADMIN, lignes.enfant),
    Adresse("planning:planning",   PORTE, MOIS_EN_COURS, 404,     CHANGEMENT, ADMIN,    ADMIN, lignes.enfant),
    Adresse("planning:mois",                   PORTE,    200,     404,     CHANGEMENT, ADMIN,    ADMIN, lignes.mois_enfant),
    Adresse("planning:jour",                   PORTE,    200,     404,     CHANGEMENT, ADMIN,    ADMIN, lignes.jour_enfant),
    Adresse("planning:choix",                  PORTE,    200,     404,     CHANGEMENT, ADMIN,    ADMIN, lignes.choix),
    Adresse("facturation:releve",              PORTE,    200,     200,     CHANGEMENT, ADMIN,    ADMIN),
    Adresse("facturation:releve_csv", PORTE, 200, 200, CHANGEMENT, ADMIN, ADMIN, fichier=True),
    Adresse("facturation:releve_pdf", PORTE, 200, 200, CHANGEMENT, ADMIN, ADMIN, fichier=True),
    Adresse("facturation:facture_pdf", PORTE, 200, 404, CHANGEMENT, ADMIN, ADMIN, lignes.facture, fichier=True),
    Adresse("facturation:avoir_pdf", PORTE, 200, 404, CHANGEMENT, ADMIN, ADMIN, lignes.avoir, fichier=True),
    Adresse("facturation:paiement",            PORTE,    200,     404,     CHANGEMENT, ADMIN,    ADMIN, lignes.facture),
    Adresse("facturation:retour",              PORTE,    200,     404,     CHANGEMENT, ADMIN,    ADMIN, lignes.refdet),
    Adresse("facturation:reprendre",            PORTE,    TRESOR,  404,     CHANGEMENT, ADMIN,    ADMIN,     lignes.refdet, POST),
    Adresse("facturation:interrompre",          PORTE,    SUIVI,   404,     CHANGEMENT, ADMIN,    ADMIN,     lignes.refdet, POST),
    Adresse("facturation:notification",        200,      200,     200,     CHANGEMENT, 200,      200, lignes.jeton, POST),
    # The stand-in of the Treasury's page, without anything to pay.
    Adresse("tipi_factice:paiement",           400,      400,     400,     CHANGEMENT, 400,      400),
    Adresse("facturation:recu", PORTE, 200, 404, CHANGEMENT, ADMIN, ADMIN, lignes.reglement, fichier=True),
    Adresse("messagerie:messages",             PORTE,    200,     200,     CHANGEMENT, ADMIN,    ADMIN),
    Adresse("messagerie:envoyes",              PORTE,    200,     200,     CHANGEMENT, ADMIN,    ADMIN),
    Adresse("messagerie:supprimes",            PORTE,    200,     200,     CHANGEMENT, ADMIN,    ADMIN),
    Adresse("messagerie:nouveau",              PORTE,    200,     200,     CHANGEMENT, ADMIN,    ADMIN),
    Adresse("messagerie:fil",                  PORTE,    200,     404,     CHANGEMENT, ADMIN,    ADMIN, lignes.fil),
    Adresse("messagerie:suppression",          PORTE,    BOITE,   404,     CHANGEMENT, ADMIN,    ADMIN, lignes.fil, POST),
    Adresse("messagerie:restauration",         PORTE,    FIL,     404,     CHANGEMENT, ADMIN,    ADMIN, lignes.fil, POST),
    Adresse("messagerie:lecture",              PORTE,    404,     404,     CHANGEMENT, ADMIN,    ADMIN, lignes.fil, POST),
    Adresse("messagerie:piece", PORTE, 200, 404, CHANGEMENT, ADMIN, ADMIN, lignes.piece, fichier=True),
    Adresse("messagerie:infos",                PORTE,    200,     200,     CHANGEMENT, ADMIN,    ADMIN),
    Adresse("messagerie:archives",             PORTE,    200,     200,     CHANGEMENT, ADMIN,    ADMIN),
    Adresse("messagerie:formulaires",          PORTE,    200,     200,     CHANGEMENT, ADMIN,    ADMIN),
    Adresse("messagerie:document", PORTE, 200, 200, CHANGEMENT, ADMIN, ADMIN, lignes.document, fichier=True),
    Adresse("demandes:liste",                  PORTE,    200,     200,     CHANGEMENT, ADMIN,    ADMIN),
    Adresse("demandes:nouvelle",               PORTE,    200,     200,     CHANGEMENT, ADMIN,    ADMIN, lignes.genre),
    Adresse("demandes:nouvelle_enfant",        PORTE,    200,     404,     CHANGEMENT, ADMIN,    ADMIN, lignes.genre_enfant),
    Adresse("demandes:demande",                PORTE,    200,     404,     CHANGEMENT, ADMIN,    ADMIN, lignes.demande),
    Adresse("demandes:accuse",                 PORTE,    200,     404,     CHANGEMENT, ADMIN,    ADMIN, lignes.demande),
    Adresse("demandes:retrait", PORTE, "/demandes/…/", 404, CHANGEMENT, ADMIN, ADMIN, lignes.demande, methode="post"),
    Adresse("demandes:piece", PORTE, 200, 404, CHANGEMENT, ADMIN, ADMIN, lignes.piece_de_demande, fichier=True),
    Adresse("admin:demandes_demande_prise_en_charge", PORTE, 403, 403, CHANGEMENT,
            403, "/admin/demandes/demande/…/change/", lignes.demande, methode="post"),
    Adresse("admin:demandes_demande_acceptation", PORTE, 403, 403, CHANGEMENT,
            403, 200, lignes.demande, methode="post"),
    Adresse("admin:demandes_demande_refus", PORTE, 403, 403, CHANGEMENT, 403, 200, lignes.demande, methode="post"),
    Adresse("admin:demandes_demande_piece", PORTE, 403, 403, CHANGEMENT, 403, 200, lignes.piece_de_demande, fichier=True),
    # Django's admin, but for the pages of each model: see MODELES.
    Adresse("admin:index",                     PORTE,    403,     403,     CHANGEMENT, 200,      200),
    Adresse("admin:guichet_recherche",         PORTE,    403,     403,     CHANGEMENT, 200,      200),
    Adresse("admin:login",                     PORTE,    ADMIN,   ADMIN,   CHANGEMENT, ADMIN,    ADMIN),
    Adresse("admin:logout",                    PORTE,    403,     403,     CHANGEMENT, SORTIE,   SORTIE, methode=POST),
    Adresse("admin:password_change",           PORTE,    403,     403,     CHANGEMENT, CHANGEMENT, CHANGEMENT),
    Adresse("admin:password_change_done",      PORTE,    403,     403,     CHANGEMENT, ADMIN,    ADMIN),
    Adresse("admin:autocomplete",              PORTE,    403,     403,     CHANGEMENT, 403,      403),
    Adresse("admin:jsi18n",                    PORTE,    403,     403,     CHANGEMENT, 200,      200),
    Adresse("admin:view_on_site",              PORTE,    403,     403,     CHANGEMENT, 404,      404, lignes.fiche_en_ligne),
    Adresse("admin:app_list",                  PORTE,    403,     403,     CHANGEMENT, 404,      200, lignes.application),
    Adresse("admin:famille_enfant_fusion",     PORTE,    403,     403,     CHANGEMENT, 403,      403, lignes.enfant),
    Adresse("admin:famille_responsable_acces", PORTE,    403,     403,     CHANGEMENT, 403,      200, lignes.responsable),
    Adresse("admin:facturation_facture_pdf", PORTE, 403, 403, CHANGEMENT, 403, 200, lignes.facture, fichier=True),
    Adresse("admin:facturation_facture_dessin", PORTE, 403, 403, CHANGEMENT, 403, 403, lignes.facture, POST),
    Adresse("admin:facturation_facture_avoir", PORTE, 403, 403, CHANGEMENT, 403, 403, lignes.facture),
    Adresse("admin:facturation_facture_annulation", PORTE, 403, 403, CHANGEMENT, 403, 403, lignes.facture),
    Adresse("admin:facturation_avoir_pdf", PORTE, 403, 403, CHANGEMENT, 403, 200, lignes.avoir, fichier=True),
    Adresse("admin:facturation_reglement_recu", PORTE, 403, 403, CHANGEMENT, 403, 200, lignes.reglement, fichier=True),
    Adresse("admin:facturation_reglement_annulation", PORTE, 403, 403, CHANGEMENT, 403, 403, lignes.reglement),
    Adresse("admin:facturation_paiementenligne_confirmation", PORTE, 403, 403, CHANGEMENT, 403, 403, lignes.paiement_pk),
    Adresse("admin:facturation_campagnedefacturation_apercu", PORTE, 403, 403, CHANGEMENT, 403, 403, lignes.campagne),
    Adresse("admin:facturation_campagnedefacturation_emission", PORTE, 403, 403, CHANGEMENT, 403, 403, lignes.campagne, POST),
    Adresse("admin:facturation_campagnedefacturation_calcul", PORTE, 403, 403, CHANGEMENT, 403, 403, lignes.campagne, POST),
    Adresse(
        "admin:facturation_campagnedefacturation_impression", PORTE, 403, 403, CHANGEMENT, 403, 403, lignes.campagne, POST
    ),
    Adresse("admin:facturation_campagnedefacturation_cahier", PORTE, 403, 403, CHANGEMENT, 403, 403, lignes.cahier),
    Adresse("admin:messagerie_fil_prise_en_charge", PORTE, 403,   403,     CHANGEMENT, 403,      FICHE, lignes.fil, POST),
    Adresse("admin:messagerie_fil_classement", PORTE,    403,     403,     CHANGEMENT, 403,      FILS, lignes.fil, POST),
    Adresse("admin:messagerie_fil_piece", PORTE, 403, 403, CHANGEMENT, 403, 200, lignes.piece, fichier=True),
    Adresse("admin:messagerie_envoi_destinataires", PORTE, 403,   403,     CHANGEMENT, 403,      200, lignes.envoi),
    Adresse("admin:messagerie_envoi_lancement", PORTE,   403,     403,     CHANGEMENT, 403,      ENVOI, lignes.envoi, POST),
    Adresse("admin:messagerie_document_fichier", PORTE, 403, 403, CHANGEMENT, 403, 200, lignes.document, fichier=True),
    Adresse("admin:planning_inscription_groupe", PORTE,  403,     403,     CHANGEMENT, 403,      200),
    Adresse("admin:planning_vacances_importation", PORTE, 403,    403,     CHANGEMENT, 403,      403),
    Adresse("admin:planning_inscription_deplacer", PORTE, 403,    403,     CHANGEMENT, 403,      200, lignes.enfant),
    Adresse("admin:planning_prestation_mois_courant", PORTE, 403, 403,     CHANGEMENT, 403,      200, lignes.prestation),
    Adresse("admin:planning_prestation_mois",  PORTE,    403,     403,     CHANGEMENT, 403,      200, lignes.mois),
    Adresse("admin:planning_prestation_appels", PORTE,   403,     403,     CHANGEMENT, 403,      200),
    Adresse("admin:planning_prestation_appel", PORTE,    403,     403,     CHANGEMENT, 403,      200, lignes.appel),
    Adresse("admin:planning_prestation_appel_structure", PORTE, 403, 403, CHANGEMENT, 403, 200, lignes.appel_de_structure),
    Adresse("admin:planning_prestation_appel_structure_papier", PORTE, 403, 403, CHANGEMENT, 403, 200, lignes.appel_de_structure, fichier=True),
    Adresse("admin:planning_prestation_appel_structure_du_jour", PORTE, 403, 403, CHANGEMENT, 403, 200, lignes.structure),
    Adresse("admin:planning_prestation_appel_fin", PORTE, 403, 403, CHANGEMENT, 403, 403, lignes.appel),
    Adresse("admin:planning_prestation_appel_reprise", PORTE, 403, 403, CHANGEMENT, 403, 403, lignes.appel, POST),
    Adresse("admin:planning_prestation_effectifs", PORTE, 403,   403,     CHANGEMENT, 403,      200),
    Adresse("admin:planning_prestation_effectifs_pdf", PORTE, 403, 403, CHANGEMENT, 403, 200, fichier=True),
    Adresse("admin:planning_prestation_effectifs_tableur", PORTE, 403, 403, CHANGEMENT, 403, 200, lignes.tableur, fichier=True),
    Adresse("admin:planning_prestation_repas", PORTE,    403,     403,     CHANGEMENT, 403,      200),
    Adresse("admin:planning_prestation_repas_imprimer", PORTE, 403, 403, CHANGEMENT, 403, REPAS, lignes.jour, POST),
    Adresse("admin:planning_prestation_repas_feuille", PORTE, 403, 403, CHANGEMENT, 403, 200, lignes.feuille, fichier=True),
    Adresse("admin:planning_prestation_repas_tableur", PORTE, 403, 403, CHANGEMENT, 403, 200, lignes.tableur, fichier=True),
    Adresse("admin:planning_prestation_appel_papier", PORTE, 403, 403, CHANGEMENT, 403, 200, lignes.appel, fichier=True),
    Adresse("admin:guichet_pieces", PORTE, 403, 403, CHANGEMENT, 403, 200),
    Adresse("admin:guichet_pieces_manquantes", PORTE, 403, 403, CHANGEMENT, 403, 200),
    Adresse("admin:guichet_piece", PORTE, 403, 403, CHANGEMENT, 403, 200, lignes.piece_fournie),
    Adresse("admin:guichet_piece_fichier", PORTE, 403, 403, CHANGEMENT, 403, 200, lignes.fichier_de_piece, fichier=True),
    Adresse("admin:guichet_famille_pieces", PORTE, 403, 403, CHANGEMENT, 403, 200, lignes.famille),
    Adresse("admin:guichet_certification", PORTE, 403, 403, CHANGEMENT, 403, 200),
    Adresse("admin:guichet_famille_certification", PORTE, 403, 403, CHANGEMENT, 403, 200, lignes.famille),
    Adresse("admin:guichet_famille",           PORTE,    403,     403,     CHANGEMENT, 403,      200, lignes.famille),
    Adresse("admin:guichet_famille_echanges",  PORTE,    403,     403,     CHANGEMENT, 403,      200, lignes.famille),
    Adresse("admin:guichet_famille_comptes",   PORTE,    403,     403,     CHANGEMENT, 403,      200, lignes.famille),
    Adresse("admin:guichet_famille_comptes_csv", PORTE, 403, 403, CHANGEMENT, 403, 200, lignes.famille, fichier=True),
    Adresse("admin:guichet_famille_comptes_pdf", PORTE, 403, 403, CHANGEMENT, 403, 200, lignes.famille, fichier=True),
    Adresse("admin:guichet_famille_acces",     PORTE,    403,     403,     CHANGEMENT, 403,      200, lignes.famille),
    Adresse("admin:guichet_famille_notes",     PORTE,    403,     403,     CHANGEMENT, 403,      200, lignes.famille),
    Adresse("admin:guichet_famille_historique", PORTE,   403,     403,     CHANGEMENT, 403,      200, lignes.famille),
    Adresse("admin:guichet_famille_depot",     PORTE,    403,     403,     CHANGEMENT, 403,      200, lignes.depot),
    Adresse("admin:guichet_famille_depot_enfant", PORTE, 403, 403, CHANGEMENT, 403, 200, lignes.depot_enfant),
    Adresse("admin:guichet_famille_regard", PORTE, 403, 403, CHANGEMENT, 403, 403, lignes.famille, POST),
    Adresse("admin:guichet_regard_fin",        PORTE,    403,     403,     CHANGEMENT, ADMIN,    ADMIN, methode=POST),
    Adresse("admin:guichet_importation",       PORTE,    403,     403,     CHANGEMENT, 403,      403),
    Adresse("admin:guichet_importation_exemple", PORTE,  403,     403,     CHANGEMENT, 403,      403, fichier=True),
    Adresse("admin:guichet_importation_modele", PORTE,   403,     403,     CHANGEMENT, 403,      403, fichier=True),
    Adresse("admin:guichet_importation_colonnes", PORTE, 403, 403, CHANGEMENT, 403, 403, lignes.fichier_a_importer),
    Adresse("admin:guichet_importation_apercu", PORTE, 403, 403, CHANGEMENT, 403, 403, lignes.fichier_a_importer, POST),
    Adresse("admin:guichet_importation_ecriture", PORTE, 403, 403, CHANGEMENT, 403, 403, lignes.fichier_a_importer, POST),
    Adresse("admin:guichet_rentree",           PORTE,    403,     403,     CHANGEMENT, 403,      200),
    Adresse("admin:guichet_rentree_classes",   PORTE,    403,     403,     CHANGEMENT, 403,      200, lignes.annee),
    Adresse("admin:guichet_rentree_classes_annulation", PORTE, 403, 403, CHANGEMENT, 403, 404, lignes.annee, POST),
    Adresse("admin:guichet_rentree_inscriptions", PORTE, 403,     403,     CHANGEMENT, 403,      200, lignes.annee),
    Adresse("admin:guichet_rentree_messages", PORTE, 403, 403, CHANGEMENT, 403, INSCRIPTIONS_DE_RENTREE, lignes.annee, POST),
    Adresse("admin:guichet_rentree_prestation", PORTE,   403,     403,     CHANGEMENT, 403,      200, lignes.rentree),
    Adresse("admin:guichet_rentree_prestation_annulation", PORTE, 403, 403, CHANGEMENT, 403, 404, lignes.rentree, POST),
    Adresse("admin:guichet_rentree_tarifs",    PORTE,    403,     403,     CHANGEMENT, 403,      403, lignes.annee),
    Adresse("admin:guichet_rentree_tarifs_annulation", PORTE, 403, 403, CHANGEMENT, 403, 403, lignes.annee, POST),
    Adresse("admin:guichet_rentree_documents", PORTE,    403,     403,     CHANGEMENT, 403,      403, lignes.annee),
    Adresse("couleurs", 200, 200, 200, CHANGEMENT, 200, 200, lignes.couleur, fichier=True),
    Adresse("admin:guichet_reglages_avis",     PORTE,    403,     403,     CHANGEMENT, 403,      403),
    Adresse("admin:guichet_reglages_couleurs", PORTE,    403,     403,     CHANGEMENT, 403,      403),
    Adresse("logo", 404, 404, 404, CHANGEMENT, 404, 404, lignes.logo, fichier=True),
    Adresse("admin:guichet_reglages_centre",   PORTE,    403,     403,     CHANGEMENT, 403,      403),
    Adresse("admin:guichet_reglages_logo",     PORTE,    403,     403,     CHANGEMENT, 403,      403, methode=POST),
    Adresse("admin:guichet_reglages_textes",   PORTE,    403,     403,     CHANGEMENT, 403,      403),
    Adresse("admin:guichet_reglages_texte",    PORTE,    403,     403,     CHANGEMENT, 403,      403, lignes.texte),
    Adresse("admin:guichet_reglages_conservation", PORTE, 403,    403,     CHANGEMENT, 403,      403),
    Adresse("admin:guichet_reglages_droits",   PORTE,    403,     403,     CHANGEMENT, 403,      403),
    Adresse("admin:guichet_reglages_droits_groupe", PORTE, 403,   403,     CHANGEMENT, 403,      403, lignes.groupe),
    Adresse("admin:guichet_reglages_agents",   PORTE,    403,     403,     CHANGEMENT, 403,      403),
    Adresse("admin:guichet_reglages_agent_nouveau", PORTE, 403,   403,     CHANGEMENT, 403,      403),
    Adresse("admin:guichet_famille_gestes", PORTE, 403, 403, CHANGEMENT, 403, MOIS_DE_FAMILLE, lignes.famille, POST),
    Adresse("admin:auth_user_password_change", PORTE,    403,     403,     CHANGEMENT, 403,      403, lignes.compte),
]
# fmt: on
