"""A kind of rows that do not stay for ever: which ones go, what is kept all the same, and how they go."""

import logging
from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from francais import date_courte
from portail.conservation.durees import AnneeSuivante, Duree, DureeEnJours, duree, minuit

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Gardees:
    """Rows that are old enough, and stay: how many, and why (« qui attendent… »)."""

    nombre: int
    raison: str


class Rubrique(ABC):
    """One kind, as of a day. Only `purger` writes."""

    titre: str
    duree: Duree | DureeEnJours | AnneeSuivante
    # The code of the time that the direction sets, if it does.
    reglage: str = ""
    # That of another kind, with which some of these rows go as well.
    suit: str = ""
    # What the time is counted from: « après la décision ».
    depuis: str
    # Rows of one transaction.
    lot: int = 500

    def __init__(self, le: date) -> None:
        if self.reglage:
            self.duree = duree(self.reglage)
        self.limite: date = self.duree.limite(le)
        self.instant: datetime = minuit(self.limite)

    @abstractmethod
    def a_purger(self) -> QuerySet:
        """Those that go."""

    def gardees(self) -> list[Gardees]:
        """Those that one might have expected to go."""
        return []

    @property
    def regle(self) -> str:
        """« deux ans après la décision (avant le 08/04/2013) »."""
        return " ".join(filter(None, [str(self.duree), self.depuis, f"(avant le {date_courte(self.limite)})"]))

    def purger(self) -> int:
        """Delete lot by lot, and tell how many went. May run while people work, stop, and run again."""
        total, dernier = 0, None
        while cles := self._suivantes(dernier):
            dernier = cles[-1]
            with transaction.atomic():
                total += self._purger_un_lot(cles)
        return total

    def effacer(self, lignes: QuerySet) -> int:
        """Delete those rows, in the caller's transaction; returns how many."""
        nombre = len(cles := list(lignes.values_list("pk", flat=True)))
        lignes.model._base_manager.filter(pk__in=cles).delete()
        return nombre

    def _suivantes(self, dernier: object) -> list:
        """By their key: a row that resists is passed over, and never comes back in the same run."""
        lignes = self.a_purger().order_by("pk")
        if dernier is not None:
            lignes = lignes.filter(pk__gt=dernier)
        return list(lignes.values_list("pk", flat=True)[: self.lot])

    def _purger_un_lot(self, cles: list) -> int:
        # What somebody is changing is left for another night; the rest is locked, then judged as it is now.
        modele = self.a_purger().model
        libres = modele._base_manager.filter(pk__in=cles).order_by("pk").select_for_update(skip_locked=True)
        verrouillees = list(libres.values_list("pk", flat=True))
        nombre = self.effacer(self.a_purger().filter(pk__in=verrouillees))
        logger.info("%s: %d of %d deleted", self.titre, nombre, len(cles))
        return nombre
