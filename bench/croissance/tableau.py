"""Each page in both towns: what it costs, what it reads, and what grew more than it may."""

import json
from dataclasses import dataclass, field
from pathlib import Path

from bench.croissance.lectures import Lectures

FOIS_MAX = 1.2  # design.md §9
# What a run cannot tell apart: milliseconds, rows of a page.
BRUIT, LIGNES_DE_PLUS = 0.3, 20
LIGNE = "{:<24}" + "{:>26}" * 3 + "{:>18}"
UNITES = (("web", "CPU web"), ("p50", "p50"), ("postgresql", "CPU PostgreSQL"))


@dataclass(frozen=True)
class Cout:
    """Milliseconds of one page: CPU of the web process, of PostgreSQL, and what its only client waits (p50)."""

    web: float
    postgresql: float
    p50: float


@dataclass(frozen=True)
class PageDesDeuxVilles:
    nom: str
    petite: Cout
    grande: Cout
    lues_petite: Lectures
    lues_grande: Lectures

    def fois(self, unite: str) -> float:
        """In the big town, in times of the small one."""
        return getattr(self.grande, unite) / max(getattr(self.petite, unite), 0.01)

    @property
    def manquees(self) -> list[str]:
        """« accueil : p50 × 1,4 (12,0 → 17,0 ms) »."""
        manquees = []
        for unite, titre in UNITES:
            avant, apres = getattr(self.petite, unite), getattr(self.grande, unite)
            if apres > avant * FOIS_MAX and apres - avant > BRUIT:
                manquees.append(f"{self.nom} : {titre} × {self.fois(unite):.2f} ({avant:.1f} → {apres:.1f} ms)")
        avant, apres = self.lues_petite.total, self.lues_grande.total
        if apres > avant * FOIS_MAX + LIGNES_DE_PLUS:
            ou = (self.lues_grande.lignes - self.lues_petite.lignes).most_common(3)
            dites = ", ".join(f"{table} +{nombre}" for table, nombre in ou)
            manquees.append(f"{self.nom} : {avant} → {apres} lignes lues ({dites})")
        return manquees


@dataclass
class Croissance:
    """A run: where, how busy, how big, and what it measured."""

    machine: dict[str, object]
    charge_avant: float
    familles: tuple[int, int]
    annees: int
    pages: list[PageDesDeuxVilles] = field(default_factory=list)
    nuit: dict[str, Lectures] = field(default_factory=dict)
    jamais_lus: list[str] = field(default_factory=list)
    charge_apres: float = 0.0

    @property
    def manquees(self) -> list[str]:
        return [manquee for page in self.pages for manquee in page.manquees]

    def imprimer(self) -> None:
        dite = ", ".join(f"{nom} {valeur}" for nom, valeur in self.machine.items())
        print(f"{dite} ; charge {self.charge_avant:.1f} avant, {self.charge_apres:.1f} après")
        print(f"{self.familles[0]} familles → {self.familles[1]} familles, {self.annees} ans")
        print(LIGNE.format("page", *(f"{titre}, ms" for _, titre in UNITES), "lignes lues"))
        for page in self.pages:
            couts = (
                f"{getattr(page.petite, u):.2f} → {getattr(page.grande, u):.2f} × {page.fois(u):.2f}" for u, _ in UNITES
            )
            print(LIGNE.format(page.nom, *couts, f"{page.lues_petite.total} → {page.lues_grande.total}"))
        self._imprimer_les_index()
        print(f"Index jamais lus, hors contraintes et clés étrangères : {', '.join(self.jamais_lus) or 'aucun'}")
        print("\n".join(["Cibles manquées :", *self.manquees]) if self.manquees else "Toutes les cibles sont tenues.")

    def _imprimer_les_index(self) -> None:
        communs = set.intersection(*(set(page.lues_grande.index) for page in self.pages))
        print(f"Index que chaque page lit dans la grande ville :\n  toutes : {', '.join(sorted(communs))}")
        for nom, lues in [(page.nom, page.lues_grande) for page in self.pages] + list(self.nuit.items()):
            print(f"  {nom} : {', '.join(sorted(set(lues.index) - communs)) or 'aucun autre'}")

    def ecrire(self, fichier: Path) -> None:
        # A Counter is a dict that `asdict` does not rebuild.
        contenu = {
            "machine": self.machine,
            "charge": [self.charge_avant, self.charge_apres],
            "familles": self.familles,
            "annees": self.annees,
            "pages": [vars(page) for page in self.pages],
            "nuit": self.nuit,
            "jamais_lus": self.jamais_lus,
            "manquees": self.manquees,
        }
        fichier.write_text(json.dumps(contenu, ensure_ascii=False, indent=1, default=vars))
