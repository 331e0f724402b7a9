"""The papers of the latest invoices, drawn in batches as a worker does, in milliseconds of CPU.

Beside them, the least that WeasyPrint asks for: a page of one sentence.
"""

import gc
import resource
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from socle.impression import VARIANTE

T = TypeVar("T")
PAPIERS, BLOCS = 100, 5
CIBLE = 50.0  # design.md §9: milliseconds of CPU for each
POLICES = FontConfiguration()
PHRASE = '<!doctype html><html lang="fr"><title>Une phrase</title><p>Voici une phrase, seule sur sa page.'


@dataclass(frozen=True)
class Dessins:
    """Milliseconds of CPU for each paper, the quickest of a few blocks; lines of an invoice; the most memory (MiB)."""

    en_lot: float
    seule: float
    phrase: float
    phrase_sans_lato: float
    lignes: float
    memoire_avant: int
    memoire_apres: int

    def dire(self) -> str:
        return (
            f"papiers : {self.en_lot:.1f} ms de processeur par facture en lot (≤ {CIBLE:.0f})"
            f"{'' if self.en_lot <= CIBLE else ' ✗'}, {self.seule:.1f} dessinée seule, "
            f"{self.lignes:.1f} lignes chacune ; "
            f"une phrase : {self.phrase:.1f}, dans la police par défaut {self.phrase_sans_lato:.1f} ; "
            f"mémoire {self.memoire_avant} Mio avant, {self.memoire_apres} après"
        )


def dessiner() -> Dessins:
    """Draw them several times over, and keep none."""
    from facturation.models import Facture
    from facturation.papiers.facture import imprimer_factures
    from facturation.papiers.rendu import LOT

    lues = Facture.objects.select_related("regie", "famille").prefetch_related("lignes").order_by("-pk")
    factures = list(lues[:PAPIERS])
    lots = [factures[debut : debut + LOT] for debut in range(0, len(factures), LOT)]
    seules = [[facture] for facture in factures[:LOT]]
    avant = memoire()
    return Dessins(
        en_lot=chronometrer(imprimer_factures, lots),
        seule=chronometrer(imprimer_factures, seules),
        phrase=chronometrer(_ecrire_une_phrase, [[[CSS(string="html { font-family: Lato }")]]] * LOT),
        phrase_sans_lato=chronometrer(_ecrire_une_phrase, [[[]]] * LOT),
        lignes=statistics.mean(len(facture.lignes.all()) for facture in factures),
        memoire_avant=avant,
        memoire_apres=memoire(),
    )


def chronometrer(dessin: Callable[[Sequence[T]], object], lots: Sequence[Sequence[T]]) -> float:
    """Milliseconds of CPU of each, garbage included; the first lot is drawn once before."""
    from socle.ouvrier.memoire import sans_ramasse_miettes

    dessin(lots[0])
    durees = []
    for _ in range(BLOCS):
        with sans_ramasse_miettes():
            depart = time.process_time()
            for lot in lots:
                dessin(lot)
                gc.collect()
            durees.append(time.process_time() - depart)
    return 1000 * min(durees) / sum(map(len, lots))


def _ecrire_une_phrase(styles: Sequence[list[CSS]]) -> None:
    for style in styles:
        HTML(string=PHRASE).write_pdf(stylesheets=style, font_config=POLICES, pdf_variant=VARIANTE)


def memoire() -> int:
    """The most that this process has had, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
