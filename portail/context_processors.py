"""What every page of the portal shows: the centre, and the parent who is reading."""

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone


def centre(request: HttpRequest) -> dict:
    """The town and its centre, from the settings."""
    return {
        "centre": {
            "nom": settings.CENTRE_NOM,
            "adresse": settings.CENTRE_ADRESSE,
            "telephone": settings.CENTRE_TELEPHONE,
            "courriel": settings.CENTRE_COURRIEL,
            "horaires": settings.CENTRE_HORAIRES,
        },
        "commune": {"nom": settings.COMMUNE_NOM, "site": settings.COMMUNE_SITE},
        "session_secondes": settings.SESSION_INACTIVITE_MAX,
    }


def entete(request: HttpRequest) -> dict:
    """« Bienvenue JEAN DUPONT », today. No query: the middleware has loaded who is reading."""
    responsable = getattr(request, "responsable", None)
    return {
        "aujourd_hui": timezone.localdate(),
        "bienvenue": responsable.nom_complet.upper() if responsable else "",
    }
