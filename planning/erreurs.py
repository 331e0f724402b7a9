"""Why the planning says no: one class per reason, one French sentence each, fit to be shown to a parent."""


class RefusPlanning(Exception):
    """A verb of the planning refused. `str(refus)` is the sentence; nothing has changed."""

    # Where a parent may lift it, and what the link says: the name of an address. Both empty: nowhere.
    suite: tuple[str, str] = ("", "")

    @property
    def phrase(self) -> str:
        return str(self)


class InscriptionAbsente(RefusPlanning):
    """The inscription is not in force on that day."""


class JourFerme(RefusPlanning):
    """Public holiday, closure, or a day on which the prestation does not open."""


class JourPasse(RefusPlanning):
    """A parent changes nothing to the past."""


class AgeNonAccueilli(RefusPlanning):
    """Too young or too old on that day."""


class DelaiDepasse(RefusPlanning):
    """Past the deadline, of a booking or of an absence."""


class DejaReserve(RefusPlanning):
    """That day is booked or asked for already."""


class Complet(RefusPlanning):
    """No place left on that day."""


class HorairesIncompatibles(RefusPlanning):
    """The child is expected elsewhere at that time. Says nothing of another famille."""


class EtatIncompatible(RefusPlanning):
    """The verb makes no sense in the state that the day is in: somebody else was faster, most often."""


class MotifRequis(RefusPlanning):
    """A refusal without its reason."""


class PointageImpossible(RefusPlanning):
    """Times that cannot be."""


class ReserveAuCentre(RefusPlanning):
    """A verb of the agents."""


class AutreFamille(RefusPlanning):
    """A parent reached for the bookings of another famille."""


class InscriptionImpossible(RefusPlanning):
    """An inscription that contradicts another one, or its own bookings."""


class DossierIncomplet(RefusPlanning):
    """The centre wants something of the famille's record first: `planning.regles.dossier` says what, and where."""

    def __init__(self, phrase: str, suite: tuple[str, str] = ("", "")) -> None:
        super().__init__(phrase)
        self.suite = suite


class AppelDejaTermine(PointageImpossible):
    """The roll of that day is done with: it does not change before it is opened again."""


class RouvertureImpossible(RefusPlanning):
    """Not by them, or no longer."""
