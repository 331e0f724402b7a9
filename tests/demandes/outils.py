"""How tests ask: by the form of the kind, filled in as its page would be."""

from demandes.genre.type_demande import TypeDemande
from demandes.models import Demande
from demandes.types import GENRES
from famille.models import Enfant
from tests.distribution import Foyer

MOBILE = "06 01 02 03 04"


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
