"""Several children at once: the same prestation, dates and pattern. Tried first, then done, each child on its own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from famille.models import Compte
from planning.erreurs import RefusPlanning
from planning.inscriptions.candidats import Candidat
from planning.models import Inscription, Prestation
from planning.regles.jours import Jours


@dataclass(frozen=True)
class Resultat:
    """What becomes of a child. `refus`: the sentence that says why not, or nothing."""

    candidat: Candidat
    refus: str = ""


@dataclass(frozen=True)
class InscriptionsGroupees:
    """The verb for each child, in the order that the locks want."""

    prestation: Prestation
    du: date
    au: date | None
    jours: Jours
    parite: int | None
    par: Compte

    def essayer(self, candidats: Iterable[Candidat]) -> list[Resultat]:
        """What `faire` would give, and nothing written: each child is tried after those who come before."""
        with transaction.atomic():
            resultats = self.faire(candidats)
            transaction.set_rollback(True)
        return resultats

    def faire(self, candidats: Iterable[Candidat]) -> list[Resultat]:
        """A transaction a child: one who cannot be enrolled keeps nobody else out."""
        return [self._inscrire(candidat) for candidat in sorted(candidats, key=lambda c: c.enfant.pk)]

    def _inscrire(self, candidat: Candidat) -> Resultat:
        try:
            with transaction.atomic():
                Inscription.objects.inscrire(
                    candidat.enfant,
                    self.prestation,
                    candidat.famille,
                    du=self.du,
                    au=self.au,
                    jours=self.jours,
                    parite=self.parite,
                    par=self.par,
                )
        except RefusPlanning as refus:
            return Resultat(candidat, str(refus))
        return Resultat(candidat)
