"""What every page of the portal shows: the centre, the parent who is reading, the entries. One query, for a parent."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

import francais
from famille.connexion.requete import RequeteDuPortail
from messagerie import middleware
from portail.navigation import liens


def centre(request: HttpRequest) -> dict:
    """The town and its centre, from the settings."""
    return coordonnees()


def entete(request: RequeteDuPortail) -> dict:
    """« Bienvenue JEAN DUPONT », today. The middleware has loaded who is reading."""
    responsable = getattr(request, "responsable", None)
    nouveaux = nouveaux_messages(request)
    return {
        "aujourd_hui": timezone.localdate(),
        "bienvenue": responsable.nom_complet.upper() if responsable else "",
        "nouveaux_messages": francais.pluriel(nouveaux, "nouveau message", "nouveaux messages"),
        "titre_nouveaux": f"({nouveaux}) " if nouveaux else "",
        "liens": liens(request),
        "regard": getattr(request, "regard", None),
        "session_secondes": settings.SESSION_INACTIVITE_MAX,
    }


@dataclass(frozen=True, slots=True)
class Centre:
    """How to reach it. `adresse`: its lines."""

    nom: str
    adresse: tuple[str, ...]
    telephone: str
    courriel: str
    horaires: str


@dataclass(frozen=True, slots=True)
class Commune:
    """Whose portal it is, and who answers for it."""

    nom: str
    site: str
    hebergeur: str
    delegue: str
    code_source: str


def coordonnees() -> dict[str, Centre | Commune]:
    """The same without a request, for the error pages that have none."""
    return {
        "centre": Centre(
            nom=settings.CENTRE_NOM,
            adresse=tuple(settings.CENTRE_ADRESSE),
            telephone=settings.CENTRE_TELEPHONE,
            courriel=settings.CENTRE_COURRIEL,
            horaires=settings.CENTRE_HORAIRES,
        ),
        "commune": Commune(
            nom=settings.COMMUNE_NOM,
            site=settings.COMMUNE_SITE,
            hebergeur=settings.HEBERGEUR,
            delegue=settings.DELEGUE_DONNEES_COURRIEL,
            code_source=settings.CODE_SOURCE,
        ),
    }


def nouveaux_messages(request: HttpRequest) -> int:
    """What the middleware counted before the page is drawn; an error page is drawn by itself."""
    compte = getattr(request, "nouveaux_messages", None)
    return middleware.nouveaux_messages(request) if compte is None else compte
