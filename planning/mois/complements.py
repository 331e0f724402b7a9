"""What the apps above say on the planning’s pages: a day’s price, its request. They define, planning asks them all."""

from __future__ import annotations

from typing import ClassVar

from planning.mois.jour import JourEnfant

Fait = tuple[str, str]  # a label, and what it says; a link is HTML that is marked safe


class Complement:
    """One app's say. A subclass is asked as soon as its module is imported."""

    tous: ClassVar[list[type[Complement]]] = []

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        Complement.tous.append(cls)

    def faits(self, jour: JourEnfant) -> dict[int, list[Fait]]:
        """By prestation, what to add to its day. For all of them at once: no query a prestation."""
        raise NotImplementedError


def faits_du_jour(jour: JourEnfant) -> dict[int, list[Fait]]:
    """All that the apps above say of that day, by prestation."""
    dits: dict[int, list[Fait]] = {}
    for complement in Complement.tous:
        for prestation, faits in complement().faits(jour).items():
            dits.setdefault(prestation, []).extend(faits)
    return dits
