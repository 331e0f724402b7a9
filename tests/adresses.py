"""Every address of the project and what each of us finds there: one line an address, for all the tests that visit."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.tokens import default_token_generator
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from famille.models import Compte
from tests.distribution import Foyer

# What an answer may be: a status, or the address one is led to.
PORTE, CHANGEMENT, ADMIN, ACCUEIL = "/connexion/", "/mot-de-passe/changement/", "/admin/", "/"
LIEN, SORTIE = "…/set-password/", "/au-revoir/"
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

    def chemin(self, troupe: Troupe) -> str:
        return reverse(self.nom, args=self.args(troupe))

    @property
    def est_une_page(self) -> bool:
        return self.methode == "get"


# `stagiaire`: an agent without any right. `agent`: the front desk, with the rights of « Accueil ».
# fmt: off
ADRESSES = [
    #       name                               visiteur  dupont   martin   nouveau     stagiaire agent
    Adresse("accueil",                         PORTE,    200,     200,     CHANGEMENT, ADMIN,    ADMIN),
    Adresse("sante",                           200,      200,     200,     200,        200,      200),
    Adresse("accessibilite",                   200,      200,     200,     200,        200,      200),
    Adresse("mentions_legales",                200,      200,     200,     200,        200,      200),
    Adresse("donnees_personnelles",            200,      200,     200,     200,        200,      200),
    Adresse("famille:connexion",               200,      ACCUEIL, ACCUEIL, CHANGEMENT, ADMIN,    ADMIN),
    Adresse("famille:deconnexion",             PORTE,    SORTIE,  SORTIE,  SORTIE,     SORTIE,   SORTIE, methode=POST),
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
    Adresse("facturation:releve",              PORTE,    200,     200,     CHANGEMENT, ADMIN,    ADMIN),
    Adresse("messagerie:messages",             PORTE,    200,     200,     CHANGEMENT, ADMIN,    ADMIN),
    Adresse("demandes:liste",                  PORTE,    200,     200,     CHANGEMENT, ADMIN,    ADMIN),
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
    Adresse("admin:auth_user_password_change", PORTE,    403,     403,     CHANGEMENT, 403,      403, _compte),
]
# fmt: on


@dataclass(frozen=True)
class Modele:
    """The pages of a model in the admin: the groups that may open them (initials of VISITEURS_ADMIN)."""

    nom: str
    voir: str
    ajouter: str = ""
    changer: str = ""
    supprimer: str = ""


# C: accueil · N: animation · R: régie · D: direction.
# fmt: off
MODELES = [
    #      model                           view    add     change  delete
    Modele("famille.famille",              "CNRD", "CD",   "CD",   "D"),
    Modele("famille.responsable",          "CNRD", "CD",   "CD",   "D"),
    Modele("famille.enfant",               "CNRD", "CD",   "CD",   "D"),
    Modele("famille.ecole",                "CNRD", "CD",   "CD",   "D"),
    Modele("famille.compte",               "D",    "D",    "D",    ""),
    Modele("famille.fichesanitaire",       "ND",   "D",    "D",    "D"),
    Modele("famille.lecturesante",         "D"),
    Modele("famille.informationscaf",      "CRD",  "CRD",  "CRD",  "D"),
    Modele("famille.informationsfiscales", "CRD",  "CRD",  "CRD",  "D"),
    Modele("famille.quotientfamilial",     "CRD",  "CRD",  "CRD",  "D"),
    Modele("famille.informationsbancaires", "RD",  "RD",   "RD",   "D"),
    # For superusers.
    Modele("auth.group",                   ""),
    Modele("django_tasks_database.dbtaskresult", ""),
]
# fmt: on
