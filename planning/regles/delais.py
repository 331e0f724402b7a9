"""Until when one may ask, and how it is said."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from francais import heure, jour_et_mois
from planning.regles.jours import UN_JOUR, fuseau


@dataclass(frozen=True)
class Delai:
    """Until when one may ask: `jours` working days before, at `heure` sharp by the town's clock. 0: that day."""

    jours: int = 0
    heure: time = time(0)

    def echeance(self, jour: date, est_ouvrable: Callable[[date], bool]) -> datetime:
        """The moment from which it is too late for that day, in UTC."""
        limite, restants = jour, self.jours
        while restants:
            limite -= UN_JOUR
            restants -= est_ouvrable(limite)
        # Through UTC: between two hours of one clock, Python compares the hands, not the moments.
        return datetime.combine(limite, self.heure, fuseau()).astimezone(UTC)


SANS_DELAI = Delai()


def moment_dit(moment: datetime) -> str:
    """« le vendredi 3 avril à 12 h », on the town's clock."""
    local = moment.astimezone(fuseau())
    return f"le {jour_et_mois(local.date())} à {heure(local.time())}"


def reservations_closes(jour: date, echeance: datetime) -> str:
    return f"Les réservations pour le {jour_et_mois(jour)} sont closes depuis {moment_dit(echeance)}."


def absences_closes(jour: date, echeance: datetime) -> str:
    return f"Les déclarations d’absence pour le {jour_et_mois(jour)} sont closes depuis {moment_dit(echeance)}."
