"""When an absence is billed by default: declared at its deadline or after. An agent may decide otherwise.

The rule itself is `planning.regles.absences`.
"""

from datetime import datetime

from demandes.genre.parts import Option
from planning.regles.absences import decision_par_defaut
from planning.regles.etats import Etat

EXCUSER, FACTURER = Option("excuser", "Excuser"), Option("facturer", "Facturer")


def choix_par_defaut(*, declaree_le: datetime, echeance: datetime) -> Option:
    """What becomes of an absence that is accepted without a choice."""
    return FACTURER if decision_par_defaut(declaree_le, echeance) == Etat.ABSENT_FACTURE else EXCUSER
