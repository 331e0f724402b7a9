"""What goes once its time is over. The kinds, in the order in which they go; the times are in portail.conservation."""

from datetime import date

from .dossiers import Dossiers
from .echanges import Conversations, Courriels, Demandes
from .rubrique import Rubrique
from .sante import DonneesDeSante, JournalDeSante
from .traces import EssaisDeConnexion, Sessions, essais_enregistres

__all__ = ["Rubrique", "rubriques"]


def rubriques(le: date) -> list[Rubrique]:
    """Each kind, as of that day."""
    return [
        Demandes(le),
        Conversations(le),
        Courriels(le),
        *(EssaisDeConnexion(le, modele) for modele in essais_enregistres()),
        Sessions(le),
        DonneesDeSante(le),
        JournalDeSante(le),
        Dossiers(le),
    ]
