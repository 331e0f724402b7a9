"""Hours of a day: those of a prestation, those of a child who came."""

from dataclasses import dataclass
from datetime import time


@dataclass(frozen=True, slots=True)
class Horaires:
    """From … to …, on the town's clock."""

    debut: time
    fin: time

    @property
    def minutes(self) -> int:
        """How long they last."""
        return 60 * (self.fin.hour - self.debut.hour) + self.fin.minute - self.debut.minute

    def chevauchent(self, autres: "Horaires") -> bool:
        """One child cannot be at both. The same rule in SQL: `planning.models.prestation.aux_memes_heures`."""
        return self.debut < autres.fin and autres.debut < self.fin

    def reels(self, arrivee: time | None, depart: time | None) -> "Horaires":
        """Those of a child, where somebody noted them at the roll."""
        return Horaires(arrivee or self.debut, depart or self.fin)

    def sont_depasses(self, arrivee: time | None, depart: time | None) -> bool:
        """Came before, or left after: « heure hors contrat »."""
        return bool((arrivee and arrivee < self.debut) or (depart and depart > self.fin))


TOUTE_LA_JOURNEE = Horaires(time(0), time(23, 59))
