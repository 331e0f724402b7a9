"""What was tried, and what was said: kept in var/mutants, so that a run takes up where the last one stopped.

A mutant that was noticed stays so as long as its function reads the same; one that was not is tried again as soon as
a test of its noun has changed.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from mutants.alterations import Module, Mutant

RACINE = Path(__file__).resolve().parent.parent
ETAT = RACINE / "var" / "mutants"


def empreinte(*textes: str) -> str:
    return hashlib.sha256("\0".join(textes).encode()).hexdigest()[:16]


def empreinte_des_fichiers(chemins: Iterable[Path]) -> str:
    return empreinte(*(chemin.read_text() for chemin in sorted(chemins)))


@dataclass(frozen=True)
class Resultat:
    """Of one mutant. `vu`: the test that fails, « délai », « mort », or None if nobody noticed."""

    vu: str | None
    essais: int
    le: str


class Registre:
    """The results of a noun's modules, that still hold."""

    def __init__(self, lot: str, modules: dict[str, Module], essais: str) -> None:
        """`essais`: what stands for its tests as they are."""
        self.chemin = ETAT / f"{lot}.jsonl"
        self.modules, self.essais = modules, essais
        self.resultats = self._relire()

    def cle_complete(self, mutant: Mutant) -> str:
        """With what its function reads like."""
        return empreinte(mutant.cle, self.modules[mutant.fichier].fonctions.get(mutant.fonction, ""))

    def _relire(self) -> dict[str, Resultat]:
        if not self.chemin.exists():
            return {}
        lignes = map(json.loads, self.chemin.read_text().splitlines())
        tenus = {}
        for ligne in lignes:
            if ligne["vu"] or ligne["avec"] == self.essais:
                tenus[ligne["empreinte"]] = Resultat(ligne["vu"], ligne["essais"], ligne["le"])
        return tenus

    def de(self, mutant: Mutant) -> Resultat | None:
        return self.resultats.get(self.cle_complete(mutant))

    def noter(self, mutant: Mutant, resultat: Resultat) -> None:
        complete = self.cle_complete(mutant)
        self.resultats[complete] = resultat
        ligne = {"empreinte": complete, "cle": mutant.cle, "avec": self.essais} | vars(resultat)
        self.chemin.parent.mkdir(parents=True, exist_ok=True)
        with self.chemin.open("a") as sortie:
            sortie.write(json.dumps(ligne, ensure_ascii=False) + "\n")
