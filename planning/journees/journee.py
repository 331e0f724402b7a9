"""A day of an inscription, as plain values: the one shape of it, from the grid to the invoices."""

from dataclasses import dataclass
from datetime import date, time

from planning.regles.etats import OCCUPENT, Etat, Presence

# A city's month has a million days: an enumeration's own look-up would take a tenth of the reading.
ETATS = {etat.value: etat for etat in Etat}
PRESENCES = {presence.value: presence for presence in Presence}

# Of `planning_journees` (migration 0005), in the order of the fields.
COLONNES = (
    *("famille_id", "enfant_id", "inscription_id", "prestation_id", "jour", "reservation_id"),
    *("etat", "presence", "arrivee", "depart"),
)


Cle = tuple[int, int, int, date]  # famille, child, prestation, day


@dataclass(frozen=True, slots=True)
class Journee:
    """Both axes of a day. `reservation`: its row, None where the weekly pattern alone speaks."""

    famille: int
    enfant: int
    inscription: int
    prestation: int
    jour: date
    reservation: int | None
    etat: Etat
    presence: Presence
    arrivee: time | None
    depart: time | None

    @classmethod
    def lire(cls, ligne: tuple) -> "Journee":
        """From a row of PostgreSQL, columns in the order of the fields."""
        famille, enfant, inscription, prestation, jour, reservation, etat, presence, arrivee, depart = ligne
        lus = ETATS[etat], PRESENCES[presence]
        return cls(famille, enfant, inscription, prestation, jour, reservation, *lus, arrivee, depart)

    @property
    def cle(self) -> Cle:
        """Whose day it is, whatever the inscription that holds it."""
        return self.famille, self.enfant, self.prestation, self.jour

    @property
    def occupe_une_place(self) -> bool:
        return self.etat in OCCUPENT

    @property
    def est_presente(self) -> bool:
        return self.presence == Presence.PRESENT
