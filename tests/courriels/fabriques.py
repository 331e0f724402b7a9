"""E-mails to carry."""

from courriels.avis import Avis
from courriels.depot import deposer
from courriels.models import Courriel


def avis(cle: str = "essai:1", **autres: object) -> Avis:
    """« Un nouveau message »."""
    dit = {"sujet": "Un nouveau message", "gabarit": "message_nouveau", "contexte": {"chemin": "/messages/12/"}}
    return Avis(**(dit | {"cle": cle} | autres))


def ecrire(adresse: str = "jean@example.org", cle: str = "essai:1", **autres: object) -> None:
    deposer([Courriel.a(adresse, avis(cle, **autres))])


def ecrire_hors_file() -> None:
    """A row that no task was enqueued for."""
    Courriel.a("a@example.org", avis()).save()


def seul() -> Courriel:
    return Courriel.objects.get()
