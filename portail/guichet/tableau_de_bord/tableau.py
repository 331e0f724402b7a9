"""The first page of an agent, in the order in which the day goes: who waits, who comes, what goes wrong, the money."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils import timezone

from famille.models import Compte
from portail.guichet.rentree.tuile import tuiles_de_la_rentree
from portail.guichet.tableau_de_bord.argent import tuiles_de_l_argent
from portail.guichet.tableau_de_bord.journees import JourDuTableau, Journees, Oubli
from portail.guichet.tableau_de_bord.tuiles import A_REPONDRE, A_SURVEILLER, ARGENT, Regard, Sujet, Tuile, compter


@dataclass(frozen=True)
class Section:
    titre: str
    tuiles: list[Tuile]


class TableauDeBord:
    """What that agent may see of it. Eleven queries at most, whatever there is in the town."""

    def __init__(self, agent: Compte, maintenant: datetime) -> None:
        self.agent, self.maintenant = agent, maintenant

    @cached_property
    def sections(self) -> list[Section]:
        """Those of which something may be seen."""
        le = timezone.localdate(self.maintenant)
        argent = [*self._tuiles(ARGENT), *tuiles_de_l_argent(self.agent, le)]
        toutes = [
            ("À répondre", self._tuiles(A_REPONDRE)),
            ("À surveiller", self._tuiles(A_SURVEILLER)),
            ("Argent", argent),
            ("La rentrée", list(tuiles_de_la_rentree(self.agent, le))),
        ]
        return [Section(titre, tuiles) for titre, tuiles in toutes if tuiles]

    @cached_property
    def jours(self) -> list[JourDuTableau]:
        return self._journees.jours() if self._journees else []

    @cached_property
    def oublis(self) -> list[Oubli]:
        appelle = self.agent.has_perm("planning.faire_appel")
        return self._journees.oublis() if self._journees and appelle else []

    @cached_property
    def _journees(self) -> Journees | None:
        lit = self.agent.has_perms(["planning.view_prestation", "planning.view_reservation"])
        return Journees(self.maintenant) if lit else None

    @cached_property
    def _comptees(self) -> dict[str, Tuile]:
        ouverts = self._journees.ouverts if self._journees else None
        return compter(Regard(self.agent, self.maintenant, ouverts))

    def _tuiles(self, sujets: list[Sujet]) -> list[Tuile]:
        return [self._comptees[sujet.cle] for sujet in sujets if sujet.cle in self._comptees]
