"""When an absence is billed by default: declared at its deadline or after. An agent may decide otherwise."""

from datetime import datetime

from demandes.genre.parts import Option

EXCUSER, FACTURER = Option("excuser", "Excuser"), Option("facturer", "Facturer")


def choix_par_defaut(*, declaree_le: datetime, echeance: datetime) -> Option:
    """What becomes of an absence that is accepted without a choice."""
    return FACTURER if declaree_le >= echeance else EXCUSER
