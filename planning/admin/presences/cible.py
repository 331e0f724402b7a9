"""What a roll is of: one prestation, or all those of a structure on a day. Its words, its addresses."""

from dataclasses import dataclass
from datetime import date
from typing import Self
from urllib.parse import urlencode

from django.shortcuts import get_object_or_404
from django.urls import reverse

from planning.models import Prestation, Structure


@dataclass(frozen=True)
class Cible:
    """`pages`: « admin:planning_prestation_appel », to which `papier`… are added."""

    objet: Prestation | Structure
    prestations: list[Prestation]
    pages: str

    @classmethod
    def d_une_prestation(cls, pk: int) -> Self:
        prestation = get_object_or_404(Prestation.objects.select_related("structure"), pk=pk)
        return cls(prestation, [prestation], "admin:planning_prestation_appel")

    @classmethod
    def d_une_structure(cls, pk: int, jour: date) -> Self:
        structure = get_object_or_404(Structure, pk=pk)
        siennes = Prestation.objects.actives(jour).filter(structure=structure).select_related("structure")
        return cls(structure, list(siennes), "admin:planning_prestation_appel_structure")

    def __str__(self) -> str:
        return str(self.objet)

    @property
    def seule(self) -> Prestation | None:
        """The prestation, if it is the roll of one."""
        return self.objet if isinstance(self.objet, Prestation) else None

    @property
    def structure(self) -> Structure:
        return self.objet if isinstance(self.objet, Structure) else self.objet.structure

    def adresse(self, jour: date, groupe: str = "", *, page: str = "") -> str:
        chemin = reverse(f"{self.pages}{page}", args=[self.objet.pk, jour.year, jour.month, jour.day])
        return f"{chemin}?{urlencode({'groupe': groupe})}" if groupe else chemin
