"""Children who may be the unexpected one: looked for by name, each with its right to be there."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import francais
from planning.inscriptions.candidats import Candidat, chercher
from planning.models import Inscription, Prestation


@dataclass(frozen=True)
class Suggestion:
    """`droit`: « Inscrit, sans réservation ce jour-là »."""

    candidat: Candidat
    droit: str
    inscriptions: Sequence[int] = ()

    @property
    def en_clair(self) -> dict[str, object]:
        """For a script."""
        return {
            "cle": self.candidat.cle,
            "nom": str(self.candidat.enfant),
            "precisions": self.candidat.precisions,
            "droit": self.droit,
            "inscriptions": [str(cle) for cle in self.inscriptions],
        }


def suggerer(texte: str, prestations: Sequence[Prestation], jour: date) -> list[Suggestion]:
    """Those whom each word names. Three queries."""
    trouves = chercher(texte)
    if not trouves:
        return []
    siennes = Inscription.objects.en_vigueur(jour).filter(
        prestation__in=prestations, enfant__in={candidat.enfant.pk for candidat in trouves}
    )
    par_candidat: dict[str, dict[int, int]] = defaultdict(dict)
    for cle, enfant, famille, prestation in siennes.values_list("pk", "enfant", "famille", "prestation"):
        par_candidat[f"{enfant}-{famille}"][prestation] = cle
    noms = {prestation.pk: str(prestation) for prestation in prestations}
    return [
        Suggestion(candidat, _droit(par_candidat[candidat.cle], noms), list(par_candidat[candidat.cle].values()))
        for candidat in trouves
    ]


def _droit(siennes: dict[int, int], noms: dict[int, str]) -> str:
    if not siennes:
        return "Pas inscrit ici\u00a0: sa présence sera à régulariser"
    if len(noms) == 1:
        return "Inscrit ici"
    return f"Inscrit\u00a0: {francais.enumerer(noms[prestation] for prestation in noms if prestation in siennes)}"
