"""What was measured, beside what it must cost: a table to read, a file to compare with later."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from bench.pages import CONNEXION, REFERENCE, Cible, Page

LIGNE = "{:<24}{:>10}{:>14}{:>9}{:>9}{:>8}{:>9}{:>15}"
TETE = LIGNE.format("page", "SQL", "HTML KiB", "p50 ms", "p95 ms", "req/s", "CPU ms", "CPU × vide")


@dataclass(frozen=True)
class MesureDePage:
    """SQL statements, bytes, milliseconds (p50: one client alone; p95: several), requests a second, CPU of the web
    processes in milliseconds a page."""

    nom: str
    sql: int
    octets: int
    p50: float
    p95: float
    debit: float
    cpu: float


@dataclass
class Banc:
    """A run: on which machine, how busy (processes that ran or waited, before and after), and what it measured."""

    machine: dict[str, object]
    charge_avant: float
    charge_apres: float = 0.0
    pages: list[MesureDePage] = field(default_factory=list)
    cibles: dict[str, Cible] = field(default_factory=dict)
    connexion: float | None = None
    argent: list[tuple[str, bool]] = field(default_factory=list)

    def ajouter(self, page: Page, mesure: MesureDePage) -> None:
        self.pages.append(mesure)
        self.cibles[page.nom] = page.cible

    @property
    def vide(self) -> MesureDePage:
        return next(page for page in self.pages if page.nom == REFERENCE.nom)

    def fois(self, page: MesureDePage) -> float:
        """Its CPU, in empty views of the same run."""
        return page.cpu / self.vide.cpu

    @property
    def manquees(self) -> list[str]:
        """« accueil : 2,7 × vide (≤ 2,5) »."""
        manquees = []
        for page in self.pages:
            cible = self.cibles[page.nom]
            jugees = (
                ("SQL", page.sql, cible.sql),
                ("KiB", round(page.octets / 1024), cible.html),
                ("× vide", self.fois(page), cible.fois),
            )
            manquees += [
                f"{page.nom} : {_dire(valeur)} {unite} (≤ {_dire(maximum)})"
                for unite, valeur, maximum in jugees
                if maximum is not None and round(valeur, 1) > maximum
            ]
        if self.connexion is not None and round(self.connexion, 2) > CONNEXION:
            manquees.append(f"connexion : {_dire(self.connexion)} × l’empreinte (≤ {_dire(CONNEXION)})")
        return manquees + [phrase for phrase, tenue in self.argent if not tenue]

    def imprimer(self) -> None:
        dite = ", ".join(f"{nom} {valeur}" for nom, valeur in self.machine.items())
        print(f"{dite} ; charge {self.charge_avant:.1f} avant, {self.charge_apres:.1f} après")
        print(TETE)
        for page in self.pages:
            cible = self.cibles[page.nom]
            print(
                LIGNE.format(
                    page.nom,
                    avec_cible(page.sql, cible.sql),
                    avec_cible(round(page.octets / 1024), cible.html),
                    f"{page.p50:.1f}",
                    f"{page.p95:.1f}",
                    f"{page.debit:.0f}",
                    f"{page.cpu:.2f}",
                    avec_cible(round(self.fois(page), 1), cible.fois),
                )
            )
        print("p50 : un client seul ; p95 et débit : à plusieurs. CPU : des processus du portail, par page.")
        if self.connexion is not None:
            print(f"connexion : {avec_cible(round(self.connexion, 2), CONNEXION)} fois l’empreinte du mot de passe")
        for phrase, _ in self.argent:
            print(phrase)
        print("\n".join(["Cibles manquées :", *self.manquees]) if self.manquees else "Toutes les cibles sont tenues.")

    def ecrire(self, fichier: Path) -> None:
        contenu = asdict(self) | {"fois": {page.nom: self.fois(page) for page in self.pages}, "manquees": self.manquees}
        fichier.write_text(json.dumps(contenu, ensure_ascii=False, indent=1))


def comparer(banc: Banc, fichier: Path) -> None:
    """With another run: each page in empty views of its own run, which another machine changes little."""
    autre = json.loads(fichier.read_text())
    print(f"Face à {fichier.name} (charge {autre['charge_avant']:.1f} avant, {autre['charge_apres']:.1f} après) :")
    for page in banc.pages:
        avant, apres = autre["fois"].get(page.nom), banc.fois(page)
        if avant and page.nom != REFERENCE.nom:
            print(f"  {page.nom:<24}{_dire(avant):>8} → {_dire(apres):<8} × vide, soit × {apres / avant:.2f}")


def avec_cible(valeur: float, cible: float | None) -> str:
    """« 6 (≤ 8) », marked if the target is missed."""
    if cible is None:
        return _dire(valeur)
    return f"{_dire(valeur)} (≤ {_dire(cible)}){'' if valeur <= cible else ' ✗'}"


def _dire(valeur: float) -> str:
    return f"{valeur:.2f}".rstrip("0").rstrip(".").replace(".", ",") if isinstance(valeur, float) else str(valeur)
