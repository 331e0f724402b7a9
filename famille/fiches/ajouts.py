"""What the apps above say on the page of a child. They define, the page asks them all."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from famille.fiches.section import Section
from famille.models import Enfant, Famille


class SectionAjoutee:
    """One app's say. A subclass is asked as soon as its module is imported."""

    toutes: ClassVar[list[type[SectionAjoutee]]] = []

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        SectionAjoutee.toutes.append(cls)

    def section(self, famille: Famille, enfant: Enfant, au: date) -> Section | None:
        """None: nothing to say of that child."""
        raise NotImplementedError


def sections_ajoutees(famille: Famille, enfant: Enfant, *, au: date) -> list[Section]:
    dites = (ajoutee().section(famille, enfant, au) for ajoutee in SectionAjoutee.toutes)
    return [section for section in dites if section]
