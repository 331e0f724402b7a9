"""The agents' side of the planning: set-up, inscriptions, months, roll call. One noun a module."""

from . import calendrier, inscription, prestation, reservation, structure
from .pieces import demandee

__all__ = ["calendrier", "demandee", "inscription", "prestation", "reservation", "structure"]
