"""What goes once its time is over. The kinds, in the order in which they go; the times are in `durees`."""

from datetime import date

from portail.conservation.dossiers import Dossiers
from portail.conservation.echanges import Conversations, Courriels, Demandes, Documents, Notes
from portail.conservation.rubrique import Rubrique
from portail.conservation.sante import DonneesDeSante, JournalDesLectures
from portail.conservation.traces import (
    AppareilsDeConfiance,
    EssaisDeConnexion,
    FichiersNonImportes,
    FormulairesEnvoyes,
    Sessions,
    essais_enregistres,
)

__all__ = ["Rubrique", "rubriques"]


def rubriques(le: date) -> list[Rubrique]:
    """Each kind, as of that day."""
    return [
        Demandes(le),
        Conversations(le),
        Notes(le),
        Documents(le),
        Courriels(le),
        *(EssaisDeConnexion(le, modele) for modele in essais_enregistres()),
        Sessions(le),
        AppareilsDeConfiance(le),
        FormulairesEnvoyes(le),
        FichiersNonImportes(le),
        DonneesDeSante(le),
        JournalDesLectures(le),
        Dossiers(le),
    ]
