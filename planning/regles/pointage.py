"""What the roll says of a child on a day: there or not, from when, until when."""

from dataclasses import dataclass
from datetime import time

from francais import heure
from planning.erreurs import PointageImpossible
from planning.regles.etats import Presence


@dataclass(frozen=True, slots=True)
class Pointage:
    presence: Presence = Presence.NON_POINTEE
    arrivee: time | None = None
    depart: time | None = None

    @property
    def libelle(self) -> str:
        """« Présent, arrivée à 8 h 30 »."""
        heures = [(" arrivée à", self.arrivee), (" départ à", self.depart)]
        return ",".join([self.presence.label, *(f"{mot} {heure(quand)}" for mot, quand in heures if quand)])

    def verifier(self) -> None:
        """Raises PointageImpossible."""
        if (self.arrivee or self.depart) and self.presence != Presence.PRESENT:
            qui = "absent" if self.presence == Presence.ABSENT else "qui n’est pas présent"
            raise PointageImpossible(f"Un enfant {qui} n’a ni arrivée ni départ.")
        if self.arrivee and self.depart and self.depart <= self.arrivee:
            raise PointageImpossible("Le départ doit suivre l’arrivée.")
