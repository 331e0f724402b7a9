"""How tests ask: by the form of the kind, filled in as its page would be."""

from django.forms import BaseForm

from demandes.models import Demande
from demandes.types import TypeDemande
from famille.models import Enfant
from tests.distribution import Foyer

MOBILE = "06 01 02 03 04"


def saisie(formulaire: BaseForm) -> dict[str, object]:
    """What the browser would send of a form that nobody touched."""
    envoi: dict[str, object] = {}
    for champ in formulaire:
        valeur = champ.value()
        if isinstance(valeur, bool):
            envoi |= {champ.html_name: "on"} if valeur else {}
        else:
            prete = champ.field.widget.format_value(valeur)
            envoi[champ.html_name] = (prete[0] if isinstance(prete, list) and prete else prete) or ""
    return envoi


def remplir(foyer: Foyer, code: str, enfant: Enfant | None = None, **champs: object) -> TypeDemande:
    """The form of that kind with only those fields touched, sent."""
    genre = TypeDemande.pour(code)
    envoi = saisie(genre(foyer.famille, enfant)) | champs
    contenu = genre(foyer.famille, enfant, envoi)
    assert contenu.is_valid(), contenu.errors
    return contenu


def deposer(foyer: Foyer, code: str, enfant: Enfant | None = None, **champs: object) -> Demande:
    return Demande.deposer(remplir(foyer, code, enfant, **champs), par=foyer.compte)


def changer_de_mobile(foyer: Foyer, mobile: str = MOBILE) -> Demande:
    """The request that most tests are about."""
    return deposer(foyer, "responsable", mobile=mobile)
