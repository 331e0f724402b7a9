"""The town and its centre, as pages, letters and e-mails show them: what the direction says, else the environment."""

from collections.abc import Callable
from dataclasses import dataclass
from email.utils import formataddr, parseaddr

from django.conf import settings

from socle.reglages.lecture import lire
from socle.reglages.moment import Valeurs

CENTRE, LOGO, COULEURS = "centre", "logo", "couleurs"


@dataclass(frozen=True, slots=True)
class Centre:
    """How to reach it. `adresse`: its lines. `logo`: the print of its picture; `couleur`: its own; empty: none."""

    nom: str
    adresse: tuple[str, ...]
    telephone: str
    courriel: str
    horaires: str
    logo: str = ""
    couleur: str = ""


@dataclass(frozen=True, slots=True)
class Commune:
    """Whose portal it is, and who answers for it."""

    nom: str
    site: str
    hebergeur: str
    delegue: str
    code_source: str


def le_centre(lire_ici: Callable[[str], Valeurs] = lire) -> Centre:
    """`lire_ici`: how settings are read, where they must not be asked for."""
    dits, logo = lire_ici(CENTRE), lire_ici(LOGO)
    adresse = dits.get("adresse", settings.CENTRE_ADRESSE)
    return Centre(
        nom=str(dits.get("nom", settings.CENTRE_NOM)),
        adresse=tuple(adresse) if isinstance(adresse, list) else (),
        telephone=str(dits.get("telephone", settings.CENTRE_TELEPHONE)),
        courriel=str(dits.get("courriel", settings.CENTRE_COURRIEL)),
        horaires=str(dits.get("horaires", settings.CENTRE_HORAIRES)),
        logo=str(logo.get("empreinte", "")),
        couleur=str(lire_ici(COULEURS).get("principale", "")),
    )


def la_commune(lire_ici: Callable[[str], Valeurs] = lire) -> Commune:
    dits = lire_ici(CENTRE)
    return Commune(
        nom=str(dits.get("commune", settings.COMMUNE_NOM)),
        site=settings.COMMUNE_SITE,
        hebergeur=str(dits.get("hebergeur", settings.HEBERGEUR)),
        delegue=str(dits.get("delegue", settings.DELEGUE_DONNEES_COURRIEL)),
        code_source=settings.CODE_SOURCE,
    )


def signature() -> str:
    """« Centre social Les Tilleuls, Saint-Jean »: who made a paper."""
    return f"{le_centre().nom}, {la_commune().nom}"


def expediteur() -> str:
    """Of e-mails: the centre's name; the address that the mail server may write from is the environment's."""
    if not lire(CENTRE):
        return str(settings.DEFAULT_FROM_EMAIL)
    nom = " ".join(le_centre().nom.splitlines())  # no name of it may begin another header
    return formataddr((nom, parseaddr(str(settings.DEFAULT_FROM_EMAIL))[1]))


def repondre_a() -> list[str]:
    """Where an answer goes, if it is not where the e-mail comes from."""
    courriel = le_centre().courriel
    return [] if not courriel or courriel == settings.CENTRE_COURRIEL else [courriel]
