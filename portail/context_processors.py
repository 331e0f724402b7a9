"""What every page of the portal shows: the centre, the parent who is reading, the entries. One query, for a parent."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

import francais
from famille.connexion.requete import RequeteDuPortail
from messagerie import middleware
from portail.navigation import liens
from socle.reglages.centre import Centre, Commune, la_commune, le_centre
from socle.reglages.lecture import lire
from socle.reglages.moment import Valeurs


def centre(request: HttpRequest) -> dict:
    """The town and its centre, as the direction sets them."""
    return coordonnees()


def entete(request: RequeteDuPortail) -> dict:
    """« Bienvenue JEAN DUPONT », today. The middleware has loaded who is reading."""
    responsable = getattr(request, "responsable", None)
    nouveaux = nouveaux_messages(request)
    return {
        "aujourd_hui": timezone.localdate(),
        "bienvenue": responsable.nom_complet.upper() if responsable else "",
        "vous_avez": "vous avez" if nouveaux else "vous n’avez",
        "nouveaux_messages": francais.pluriel(nouveaux, "nouveau message", "nouveaux messages")
        if nouveaux
        else "aucun nouveau message",
        "titre_nouveaux": f"({nouveaux}) " if nouveaux else "",
        "liens": liens(request),
        "regard": getattr(request, "regard", None),
        "session_secondes": settings.SESSION_INACTIVITE_MAX,
    }


def coordonnees(lire_ici: Callable[[str], Valeurs] = lire) -> dict[str, Centre | Commune]:
    """The same without a request, for the error pages that have none."""
    return {"centre": le_centre(lire_ici), "commune": la_commune(lire_ici)}


def nouveaux_messages(request: HttpRequest) -> int:
    """What the middleware counted before the page is drawn; an error page is drawn by itself."""
    compte = getattr(request, "nouveaux_messages", None)
    return middleware.nouveaux_messages(request) if compte is None else compte
