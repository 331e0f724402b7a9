"""What each famille owes for a campaign, lot by lot, written nowhere: the preview and the issue read the same.

Days come from planning in one stream; each lot adds a fixed number of queries. Memory does not grow with the town.
"""

from collections.abc import Callable, Iterator
from datetime import date
from heapq import merge
from itertools import groupby, islice
from operator import attrgetter, itemgetter

from facturation.campagne.creance import Creance
from facturation.campagne.rattrapage import Rattrapage
from facturation.campagne.regularisation import differences
from facturation.campagne.situation import Situation, lire_situations
from facturation.models import CampagneDeFacturation, Facture, Tarif
from facturation.prix.article import Article
from facturation.prix.bareme import Bareme, SansTarif
from facturation.prix.grille import PrixIntrouvable
from planning.journees.journee import Journee
from planning.journees.lecture import lire_journees
from planning.models import Inscription, Prestation, jours_ouverts
from planning.regles.etats import ACQUISES, EN_ATTENTE

Progression = Callable[[int, int], None]  # so many familles done, of so many
LOT = 500  # familles


class Decompte:
    """The reckoning of a campaign, as of the day `au`."""

    def __init__(self, campagne: CampagneDeFacturation, *, au: date) -> None:
        self.campagne, self._aujourd_hui = campagne, au
        self.prestations = {p.pk: p for p in Prestation.objects.filter(structure__en_regie__regie=campagne.regie)}
        self._rattrapage = Rattrapage(campagne)
        tarifs = Tarif.objects.filter(prestation__in=self.prestations).entre(self._rattrapage.depuis, campagne.au)
        horaires = {p.pk: (p.heure_debut, p.heure_fin) for p in self.prestations.values()}
        self._bareme = Bareme(tarifs.grilles(), horaires)

    def lots(self, *, apres: int = 0) -> Iterator[list[Creance]]:
        """The familles above that id, in order, some hundreds at a time."""
        familles = ((pk, journees) for pk, journees in self._journees_par_famille() if pk > apres)
        while lot := dict(islice(familles, LOT)):
            situations = lire_situations(list(lot), self.campagne, self._rattrapage)
            yield [self._compter(situations[famille], journees) for famille, journees in lot.items()]

    def compter_familles(self) -> int:
        """How many there are to go through at most, for a progress bar: those who have an inscription."""
        inscriptions = Inscription.objects.order_by().filter(prestation__in=self.prestations)
        return inscriptions.entre(self._rattrapage.depuis, self.campagne.au).values("famille").distinct().count()

    def _journees_par_famille(self) -> Iterator[tuple[int, list[Journee]]]:
        """Familles with days, and those who had been billed days that are no more."""
        deja = Facture.objects.filter(campagne__in=self._rattrapage.campagnes).order_by("famille").distinct()
        sans_jours: Iterator[tuple[int, list[Journee]]] = ((famille, []) for (famille,) in deja.values_list("famille"))
        avec_jours = (
            (famille, list(jours)) for famille, jours in groupby(lire_journees(self._ouverts()), attrgetter("famille"))
        )
        premier = itemgetter(0)
        for famille, groupes in groupby(merge(avec_jours, sans_jours, key=premier), premier):
            yield famille, [jour for _, jours in groupes for jour in jours]

    def _ouverts(self) -> dict[int, list[date]]:
        """The open days of this period and of the billed ones, for each prestation of the régie."""
        jours = jours_ouverts(self.prestations.values(), self._rattrapage.depuis, self.campagne.au)
        return {
            prestation: [jour for jour in ouverts if self._est_de_la_periode(jour) or self._rattrapage.relit(jour)]
            for prestation, ouverts in jours.items()
        }

    def _est_de_la_periode(self, jour: date) -> bool:
        """As opposed to a billed day that is read again: those are all before."""
        return jour >= self.campagne.du

    def _compter(self, situation: Situation, journees: list[Journee]) -> Creance:
        creance = Creance(
            situation.famille,
            situation.resident,
            sans_payeur=situation.ville is None,
            sans_adresse=not situation.ville,
            deja_facturee=situation.est_facturee,
        )
        passes: list[Article] = []
        for article in self._articles(creance, situation, journees):
            (creance.articles if self._est_de_la_periode(article.jour) else passes).append(article)
        # A past day that has lost its price keeps what was billed: it is a hole in the prices, not a gift.
        connus = [deja for deja in situation.deja if (deja.prestation, deja.jour) not in creance.sans_prix]
        creance.regularisations = differences(passes, connus)
        return creance

    def _articles(self, creance: Creance, situation: Situation, journees: list[Journee]) -> Iterator[Article]:
        """What those days are worth. What prevents a price is noted on the `creance`."""
        resident = creance.resident
        for journee in journees:
            jour, de_la_periode = journee.jour, self._est_de_la_periode(journee.jour)
            if de_la_periode:
                self._observer(creance, journee)
            qf = situation.qf(jour)
            try:
                # Moving house changes no past price.
                article = self._bareme.article(journee, qf, resident=situation.residences.get(jour, resident))
            except (SansTarif, PrixIntrouvable):
                creance.sans_prix.add((journee.prestation, jour))
                continue
            if article is not None:
                creance.sans_qf |= qf is None and de_la_periode
                yield article

    def _observer(self, creance: Creance, journee: Journee) -> None:
        """What an agent must know before issuing: days of this period that nobody has called or decided."""
        if journee.etat in EN_ATTENTE:
            creance.en_suspens += 1
        elif journee.etat in ACQUISES and not journee.presence and journee.jour < self._aujourd_hui:
            creance.non_pointees.add((journee.prestation, journee.jour))
