"""Every address of the project and what each of us finds there: one line an address, for all the tests that visit."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.tokens import default_token_generator
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from demandes.models import Demande
from demandes.models import Piece as PieceDeDemande
from facturation.models import PaiementEnLigne
from famille.models import Compte
from messagerie.models import Document, Envoi, Fil
from messagerie.models import Piece as PieceDeMessage
from socle.fichiers.examen import Fichier, TypeMime
from socle.octroi import table as groupes
from socle.octroi.table import Droit, droits_prevus
from tests.demandes.outils import changer_de_mobile
from tests.distribution import Foyer
from tests.facturation.fabriques import campagne, operations, paiement_en_ligne
from tests.planning.fabriques import prestation

# What an answer may be: a status, or the address one is led to.
PORTE, CHANGEMENT, ADMIN, ACCUEIL = "/connexion/", "/mot-de-passe/changement/", "/admin/", "/"
MOIS_EN_COURS = "/enfants/…/planning/…/…/"
LIEN, SORTIE = "…/set-password/", "/au-revoir/"
BOITE, FIL = "/messages/", "/messages/…/"
FILS, FICHE, ENVOI = (
    "/admin/messagerie/fil/",
    "/admin/messagerie/fil/…/change/",
    "/admin/messagerie/envoi/…/destinataires/",
)
POST = "post"
Attendu = int | str


@dataclass(frozen=True)
class Troupe:
    """Who visits, and whose rows the addresses name: the DUPONTs'."""

    dupont: Foyer
    martin: Foyer
    nouveau: Foyer
    agent: Compte
    stagiaire: Compte


def _rien(troupe: Troupe) -> list:
    return []


def _enfant(troupe: Troupe) -> list:
    return [troupe.dupont.enfants[0].pk]


def _mois_enfant(troupe: Troupe) -> list:
    return [*_enfant(troupe), 2015, 4]


def _jour_enfant(troupe: Troupe) -> list:
    return [*_mois_enfant(troupe), 8]


def _choix(troupe: Troupe) -> list:
    return [*_mois_enfant(troupe), "reservation"]


def _lien(troupe: Troupe) -> list:
    compte = troupe.dupont.compte
    return [urlsafe_base64_encode(force_bytes(compte.pk)), default_token_generator.make_token(compte)]


def _responsable(troupe: Troupe) -> list:
    return [troupe.dupont.titulaire.pk]


def _compte(troupe: Troupe) -> list:
    return [troupe.dupont.compte.pk]


def _fiche_en_ligne(troupe: Troupe) -> list:
    return [ContentType.objects.get_for_model(Compte).pk, troupe.dupont.compte.pk]


def _application(troupe: Troupe) -> list:
    return ["famille"]


def _genre(troupe: Troupe) -> list:
    return ["responsable"]


def _genre_enfant(troupe: Troupe) -> list:
    return [*_enfant(troupe), "identite"]


def _demande(troupe: Troupe) -> list:
    """A request of the DUPONTs', pending until a visitor withdraws or decides it."""
    demande = troupe.dupont.famille.demandes.first() or changer_de_mobile(troupe.dupont)
    return [demande.pk]


def _piece_de_demande(troupe: Troupe) -> list:
    piece = PieceDeDemande.objects.first() or PieceDeDemande.depuis(Fichier("rib.pdf", TypeMime.PDF, b"%PDF-1.7 %%EOF"))
    piece.demande = Demande.objects.get(pk=_demande(troupe)[0])
    piece.save()
    return [piece.demande_id, piece.pk]


def _fil(troupe: Troupe) -> list:
    fils = troupe.dupont.famille.fils
    return [(fils.first() or Fil.ecrire_au_centre(troupe.dupont.titulaire, "Goûter", "Est-il fourni ?")).pk]


def _piece(troupe: Troupe) -> list:
    piece = PieceDeMessage.depuis(Fichier("certificat.pdf", TypeMime.PDF, b"%PDF-1.7"))
    piece.message = Fil.objects.get(pk=_fil(troupe)[0]).messages.first()
    piece.save()
    return [piece.pk]


def _document(troupe: Troupe) -> list:
    document = Document(titre="Menus de mai", categorie=Document.Categorie.MENUS)
    document.recevoir(Fichier("menus.pdf", TypeMime.PDF, b"%PDF-1.7"))
    document.save()
    return [document.pk]


def _facture(troupe: Troupe) -> list:
    return [operations(troupe.dupont.famille)[0].pk]


def _reglement(troupe: Troupe) -> list:
    return [operations(troupe.dupont.famille)[1].pk]


def _paiement(troupe: Troupe) -> PaiementEnLigne:
    return paiement_en_ligne(troupe.dupont.famille)


def _refdet(troupe: Troupe) -> list:
    return [_paiement(troupe).refdet]


def _paiement_pk(troupe: Troupe) -> list:
    return [_paiement(troupe).pk]


def _jeton(troupe: Troupe) -> list:
    return ["faux"]


def _campagne(troupe: Troupe) -> list:
    return [campagne().pk]


def _cahier(troupe: Troupe) -> list:
    return [campagne().pk, 1]


def _envoi(troupe: Troupe) -> list:
    return [Envoi.objects.create(sujet="Grève", texte="Fermé.", sorte="toutes", cree_par=troupe.agent).pk]


def _prestation(troupe: Troupe) -> list:
    return [prestation().pk]


def _mois(troupe: Troupe) -> list:
    return [prestation().pk, 2015, 4]


def _appel(troupe: Troupe) -> list:
    return [prestation().pk, 2015, 4, 8]


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
    args: Callable[[Troupe], list] = _rien
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
    Adresse("famille:mot_de_passe_nouveau",    LIEN,     LIEN,    LIEN,    CHANGEMENT, LIEN,     LIEN, _lien),
    Adresse("famille:mot_de_passe_nouveau_fait", 200,    200,     200,     CHANGEMENT, 200,      200),
    Adresse("famille:mot_de_passe_changement", PORTE,    200,     200,     200,        200,      200),
    Adresse("famille:mon_compte",              PORTE,    200,     200,     CHANGEMENT, ADMIN,    ADMIN),
    Adresse("famille:enfants",                 PORTE,    200,     200,     CHANGEMENT, ADMIN,    ADMIN),
    Adresse("famille:enfant",                  PORTE,    200,     404,     CHANGEMENT, ADMIN,    ADMIN, _enfant),
    Adresse("planning:planning",   PORTE, MOIS_EN_COURS, 404,     CHANGEMENT, ADMIN,    ADMIN, _enfant),
    Adresse("planning:mois",                   PORTE,    200,     404,     CHANGEMENT, ADMIN,    ADMIN, _mois_enfant),
    Adresse("planning:jour",                   PORTE,    200,     404,     CHANGEMENT, ADMIN,    ADMIN, _jour_enfant),
    Adresse("planning:choix",                  PORTE,    200,     404,     CHANGEMENT, ADMIN,    ADMIN, _choix),
    Adresse("facturation:releve",              PORTE,    200,     200,     CHANGEMENT, ADMIN,    ADMIN),
    Adresse("facturation:releve_csv", PORTE, 200, 200, CHANGEMENT, ADMIN, ADMIN, fichier=True),
    Adresse("facturation:releve_pdf", PORTE, 200, 200, CHANGEMENT, ADMIN, ADMIN, fichier=True),
    Adresse("facturation:facture_pdf", PORTE, 200, 404, CHANGEMENT, ADMIN, ADMIN, _facture, fichier=True),
    Adresse("facturation:paiement",            PORTE,    200,     404,     CHANGEMENT, ADMIN,    ADMIN, _facture),
    Adresse("facturation:retour",              PORTE,    200,     404,     CHANGEMENT, ADMIN,    ADMIN, _refdet),
    Adresse("facturation:notification",        200,      200,     200,     CHANGEMENT, 200,      200, _jeton, POST),
    # The stand-in of the Treasury's page, without anything to pay.
    Adresse("tipi_factice:paiement",           400,      400,     400,     CHANGEMENT, 400,      400),
    Adresse("facturation:recu", PORTE, 200, 404, CHANGEMENT, ADMIN, ADMIN, _reglement, fichier=True),
    Adresse("messagerie:messages",             PORTE,    200,     200,     CHANGEMENT, ADMIN,    ADMIN),
    Adresse("messagerie:envoyes",              PORTE,    200,     200,     CHANGEMENT, ADMIN,    ADMIN),
    Adresse("messagerie:supprimes",            PORTE,    200,     200,     CHANGEMENT, ADMIN,    ADMIN),
    Adresse("messagerie:nouveau",              PORTE,    200,     200,     CHANGEMENT, ADMIN,    ADMIN),
    Adresse("messagerie:fil",                  PORTE,    200,     404,     CHANGEMENT, ADMIN,    ADMIN, _fil),
    Adresse("messagerie:suppression",          PORTE,    BOITE,   404,     CHANGEMENT, ADMIN,    ADMIN, _fil, POST),
    Adresse("messagerie:restauration",         PORTE,    FIL,     404,     CHANGEMENT, ADMIN,    ADMIN, _fil, POST),
    Adresse("messagerie:lecture",              PORTE,    404,     404,     CHANGEMENT, ADMIN,    ADMIN, _fil, POST),
    Adresse("messagerie:piece", PORTE, 200, 404, CHANGEMENT, ADMIN, ADMIN, _piece, fichier=True),
    Adresse("messagerie:infos",                PORTE,    200,     200,     CHANGEMENT, ADMIN,    ADMIN),
    Adresse("messagerie:archives",             PORTE,    200,     200,     CHANGEMENT, ADMIN,    ADMIN),
    Adresse("messagerie:formulaires",          PORTE,    200,     200,     CHANGEMENT, ADMIN,    ADMIN),
    Adresse("messagerie:document", PORTE, 200, 200, CHANGEMENT, ADMIN, ADMIN, _document, fichier=True),
    Adresse("demandes:liste",                  PORTE,    200,     200,     CHANGEMENT, ADMIN,    ADMIN),
    Adresse("demandes:nouvelle",               PORTE,    200,     200,     CHANGEMENT, ADMIN,    ADMIN, _genre),
    Adresse("demandes:nouvelle_enfant",        PORTE,    200,     404,     CHANGEMENT, ADMIN,    ADMIN, _genre_enfant),
    Adresse("demandes:demande",                PORTE,    200,     404,     CHANGEMENT, ADMIN,    ADMIN, _demande),
    Adresse("demandes:accuse",                 PORTE,    200,     404,     CHANGEMENT, ADMIN,    ADMIN, _demande),
    Adresse("demandes:retrait", PORTE, "/demandes/…/", 404, CHANGEMENT, ADMIN, ADMIN, _demande, methode="post"),
    Adresse("demandes:piece", PORTE, 200, 404, CHANGEMENT, ADMIN, ADMIN, _piece_de_demande, fichier=True),
    Adresse("admin:demandes_demande_prise_en_charge", PORTE, 403, 403, CHANGEMENT,
            403, "/admin/demandes/demande/…/change/", _demande, methode="post"),
    Adresse("admin:demandes_demande_acceptation", PORTE, 403, 403, CHANGEMENT,
            403, "/admin/demandes/demande/", _demande, methode="post"),
    Adresse("admin:demandes_demande_refus", PORTE, 403, 403, CHANGEMENT, 403, 200, _demande, methode="post"),
    Adresse("admin:demandes_demande_piece", PORTE, 403, 403, CHANGEMENT, 403, 200, _piece_de_demande, fichier=True),
    # Django's admin, but for the pages of each model: see MODELES.
    Adresse("admin:index",                     PORTE,    403,     403,     CHANGEMENT, 200,      200),
    Adresse("admin:login",                     PORTE,    ADMIN,   ADMIN,   CHANGEMENT, ADMIN,    ADMIN),
    Adresse("admin:logout",                    PORTE,    403,     403,     CHANGEMENT, SORTIE,   SORTIE, methode=POST),
    Adresse("admin:password_change",           PORTE,    403,     403,     CHANGEMENT, CHANGEMENT, CHANGEMENT),
    Adresse("admin:password_change_done",      PORTE,    403,     403,     CHANGEMENT, ADMIN,    ADMIN),
    Adresse("admin:autocomplete",              PORTE,    403,     403,     CHANGEMENT, 403,      403),
    Adresse("admin:jsi18n",                    PORTE,    403,     403,     CHANGEMENT, 200,      200),
    Adresse("admin:view_on_site",              PORTE,    403,     403,     CHANGEMENT, 404,      404, _fiche_en_ligne),
    Adresse("admin:app_list",                  PORTE,    403,     403,     CHANGEMENT, 404,      200, _application),
    Adresse("admin:famille_responsable_acces", PORTE,    403,     403,     CHANGEMENT, 403,      200, _responsable),
    Adresse("admin:facturation_facture_pdf", PORTE, 403, 403, CHANGEMENT, 403, 200, _facture, fichier=True),
    Adresse("admin:facturation_facture_avoir", PORTE, 403, 403, CHANGEMENT, 403, 403, _facture),
    Adresse("admin:facturation_facture_annulation", PORTE, 403, 403, CHANGEMENT, 403, 403, _facture),
    Adresse("admin:facturation_reglement_recu", PORTE, 403, 403, CHANGEMENT, 403, 200, _reglement, fichier=True),
    Adresse("admin:facturation_reglement_annulation", PORTE, 403, 403, CHANGEMENT, 403, 403, _reglement),
    Adresse("admin:facturation_paiementenligne_confirmation", PORTE, 403, 403, CHANGEMENT, 403, 403, _paiement_pk),
    Adresse("admin:facturation_campagnedefacturation_apercu", PORTE, 403, 403, CHANGEMENT, 403, 403, _campagne),
    Adresse("admin:facturation_campagnedefacturation_emission", PORTE, 403, 403, CHANGEMENT, 403, 403, _campagne, POST),
    Adresse("admin:facturation_campagnedefacturation_calcul", PORTE, 403, 403, CHANGEMENT, 403, 403, _campagne, POST),
    Adresse(
        "admin:facturation_campagnedefacturation_impression", PORTE, 403, 403, CHANGEMENT, 403, 403, _campagne, POST
    ),
    Adresse("admin:facturation_campagnedefacturation_cahier", PORTE, 403, 403, CHANGEMENT, 403, 403, _cahier),
    Adresse("admin:messagerie_fil_prise_en_charge", PORTE, 403,   403,     CHANGEMENT, 403,      FICHE, _fil, POST),
    Adresse("admin:messagerie_fil_classement", PORTE,    403,     403,     CHANGEMENT, 403,      FILS, _fil, POST),
    Adresse("admin:messagerie_fil_piece", PORTE, 403, 403, CHANGEMENT, 403, 200, _piece, fichier=True),
    Adresse("admin:messagerie_envoi_destinataires", PORTE, 403,   403,     CHANGEMENT, 403,      200, _envoi),
    Adresse("admin:messagerie_envoi_lancement", PORTE,   403,     403,     CHANGEMENT, 403,      ENVOI, _envoi, POST),
    Adresse("admin:messagerie_document_fichier", PORTE, 403, 403, CHANGEMENT, 403, 200, _document, fichier=True),
    Adresse("admin:planning_inscription_groupe", PORTE,  403,     403,     CHANGEMENT, 403,      200),
    Adresse("admin:planning_prestation_mois_courant", PORTE, 403, 403,     CHANGEMENT, 403,      200, _prestation),
    Adresse("admin:planning_prestation_mois",  PORTE,    403,     403,     CHANGEMENT, 403,      200, _mois),
    Adresse("admin:planning_prestation_appels", PORTE,   403,     403,     CHANGEMENT, 403,      200),
    Adresse("admin:planning_prestation_appel", PORTE,    403,     403,     CHANGEMENT, 403,      200, _appel),
    Adresse("admin:auth_user_password_change", PORTE,    403,     403,     CHANGEMENT, 403,      403, _compte),
]
# fmt: on


@dataclass(frozen=True)
class Modele:
    """The pages of a model in the admin: the groups that may open them, as « CN » (see INITIALES)."""

    nom: str
    voir: str
    ajouter: str
    changer: str
    supprimer: str
    # Who opens the list, if more than those who open the row of the test.
    lister: str = ""


INITIALES = {groupes.ACCUEIL: "C", groupes.ANIMATION: "N", groupes.REGIE: "R", groupes.DIRECTION: "D"}
DROITS = droits_prevus()


def _selon_la_table(nom: str, **sauf: str) -> Modele:
    """What the tables of rights give on that model; `sauf` where its admin says otherwise."""
    app, modele = nom.split(".")
    ouverts = {
        page: "".join(
            initiale
            for groupe, initiale in INITIALES.items()
            if Droit(groupe, app, modele, f"{verbe}_{modele}") in DROITS
        )
        for page, verbe in {"voir": "view", "ajouter": "add", "changer": "change", "supprimer": "delete"}.items()
    }
    return Modele(nom, **ouverts | sauf)


MODELES = [
    _selon_la_table("famille.famille"),
    _selon_la_table("famille.responsable"),
    _selon_la_table("famille.enfant"),
    _selon_la_table("famille.ecole"),
    _selon_la_table("famille.compte"),
    _selon_la_table("famille.fichesanitaire"),
    _selon_la_table("famille.lecturesante"),
    _selon_la_table("famille.informationscaf"),
    _selon_la_table("famille.informationsfiscales"),
    _selon_la_table("famille.quotientfamilial"),
    _selon_la_table("famille.informationsbancaires"),
    # The row is about a responsable: it takes the right to change one. The queue is everybody's, each with their kinds.
    _selon_la_table("demandes.demande", voir="CD", changer="CD", lister="CNRD"),
    _selon_la_table("demandes.motifusuel"),
    _selon_la_table("facturation.regie"),
    _selon_la_table("facturation.tarif"),
    # In preparation, it may be given up by whoever may prepare one.
    _selon_la_table("facturation.campagnedefacturation", supprimer="RD"),
    _selon_la_table("facturation.facture"),
    _selon_la_table("facturation.notificationtipi"),
    _selon_la_table("facturation.paiementenligne"),
    _selon_la_table("facturation.reglement"),
    # Established from the page of the invoice that it corrects.
    _selon_la_table("facturation.avoir", ajouter=""),
    _selon_la_table("messagerie.fil"),
    _selon_la_table("messagerie.envoi"),
    _selon_la_table("messagerie.information"),
    _selon_la_table("messagerie.document"),
    _selon_la_table("courriels.courriel"),
    _selon_la_table("planning.structure"),
    _selon_la_table("planning.prestation"),
    _selon_la_table("planning.vacances"),
    # Deleted, the import would bring it back.
    _selon_la_table("planning.jourferie", supprimer=""),
    _selon_la_table("planning.fermeture"),
    _selon_la_table("planning.inscription"),
    # Changed by its verbs only.
    _selon_la_table("planning.reservation", changer=""),
    # In no table: for superusers.
    _selon_la_table("auth.group"),
    _selon_la_table("django_tasks_database.dbtaskresult"),
]
