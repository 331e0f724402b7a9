"""The agents' side of the planning: set-up, inscriptions, months, roll call. One noun a module."""

from . import calendrier, inscription, prestation, reservation, structure

__all__ = ["calendrier", "inscription", "prestation", "reservation", "structure"]
