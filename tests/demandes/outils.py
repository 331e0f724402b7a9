"""How tests ask: by the form of the kind, filled in as its page would be; and what they count and read."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from demandes.genre.saisie import saisie
from demandes.genre.type_demande import TypeDemande
from demandes.models import Decision, Demande
from demandes.types import GENRES
from famille.models import Compte, Enfant
from tests.distribution import Foyer

MOBILE = "06 01 02 03 04"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def saisir(foyer: Foyer, code: str, enfant: Enfant | None = None, **champs: object) -> dict:
    """What a browser sends of that form, with only those fields touched."""
    return saisie(GENRES.pour(code)(foyer.famille, enfant)) | champs


def remplir(foyer: Foyer, code: str, enfant: Enfant | None = None, **champs: object) -> TypeDemande:
    """The form of that kind with only those fields touched, sent."""
    contenu = GENRES.pour(code).remplir(foyer.famille, enfant, champs)
    assert contenu.is_valid(), contenu.errors
    return contenu


def deposer(foyer: Foyer, code: str, enfant: Enfant | None = None, **champs: object) -> Demande:
    return Demande.deposer(remplir(foyer, code, enfant, **champs), par=foyer.compte)


def changer_de_mobile(foyer: Foyer, mobile: str = MOBILE) -> Demande:
    """The request that most tests are about."""
    return deposer(foyer, "responsable", mobile=mobile)


def accepter_telle_quelle(demande: Demande, *, par: Compte, **options: object) -> Decision:
    """By an agent who has just looked at it."""
    return demande.accepter(par=par, vu=demande.contenu().empreinte(demande.valeurs), **options)


def en_base(demande: Demande) -> str:
    """The row as PostgreSQL keeps it."""
    with connection.cursor() as curseur:
        curseur.execute("SELECT demandes_demande::text FROM demandes_demande WHERE id = %s", [demande.pk])
        return curseur.fetchone()[0]


def lire(client: Client, url: str) -> str:
    reponse = client.get(url)
    assert reponse.status_code == 200
    return reponse.content.decode()


def requetes(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as captees:
        lire(client, url)
    return len(captees)
