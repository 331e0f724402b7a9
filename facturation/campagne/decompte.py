"""What each famille owes for a campaign, lot by lot, written nowhere: the preview and the issue read the same.

Days come from planning in one stream; each lot adds a fixed number of queries. Memory does not grow with the town.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from heapq import merge
from itertools import chain, groupby, islice
from operator import attrgetter, itemgetter

from facturation.campagne.creance import Creance
from facturation.campagne.passe.rattrapage import Rattrapage
from facturation.campagne.passe.regularisation import differences
from facturation.campagne.passe.situation import Situation, lire_possibles, lire_situations
from facturation.campagne.regles import ReglesDeCampagne
from facturation.campagne.rendu import rendre
from facturation.models import Avoir, CampagneDeFacturation, Facture, Tarif
from facturation.prix.article import Article
from facturation.prix.bareme import Bareme, SansTarif
from facturation.prix.grille import PrixIntrouvable
from facturation.prix.jours_factures import nature_facturee
from planning.journees.journee import Journee
from planning.journees.lecture import lire_journees
from planning.models import Inscription, Prestation
from planning.regles.etats import ACQUISES, EN_ATTENTE, Presence

Progression = Callable[[int, int], None]  # so many familles done, of so many
LOT = 500  # familles


class Decompte:
    """The reckoning of a campaign, as of the day `au`."""

    def __init__(self, campagne: CampagneDeFacturation, *, au: date) -> None:
        self.campagne, self._aujourd_hui = campagne, au
        self._rattrapage = Rattrapage(campagne)
        self.regles = ReglesDeCampagne.de(campagne, self._rattrapage.calendrier)
        toutes = [self.regles, *self._rattrapage.toutes_les_regles]
        self.prestations = Prestation.objects.in_bulk({pk for regles in toutes for pk in regles.prestations})
        self._baremes = {id(regles): Bareme(regles.grilles, regles.horaires) for regles in toutes}
        # A day whose price was missing finds the one that was voted since.
        tarifs = Tarif.objects.filter(prestation__in=self.prestations).entre(self._rattrapage.depuis, campagne.au)
        horaires = {p.pk: (p.heure_debut, p.heure_fin) for p in self.prestations.values()}
        self._a_defaut = Bareme(tarifs.grilles(), horaires)

    def lots(self, *, apres: int) -> Iterator[list[Creance]]:
        """The familles above that id, in order, some hundreds at a time."""
        for lot in self.paquets(apres=apres):
            yield self.compter(lot)

    def paquets(self, *, apres: int) -> Iterator[dict[int, list[Journee]]]:
        """The same, not reckoned yet: `{famille: days}`. Whoever issues them locks them first."""
        familles = ((pk, journees) for pk, journees in self._journees_par_famille() if pk > apres)
        while lot := dict(islice(familles, LOT)):
            yield lot

    def compter(self, lot: dict[int, list[Journee]]) -> list[Creance]:
        """What each of them owes, and how it is given back what it has paid for nothing."""
        situations = lire_situations(list(lot), self.campagne, self._rattrapage)
        creances = [self._compter(situations[famille], journees) for famille, journees in lot.items()]
        en_baisse = [creance for creance in creances if creance.rend_des_jours]
        possibles = lire_possibles([creance.famille for creance in en_baisse], self.campagne.regie) if en_baisse else {}
        for creance in en_baisse:
            creance.rendu = rendre(creance.articles, creance.regularisations, possibles.get(creance.famille, ()))
        return creances

    def journees_d_une_famille(self, famille: int) -> list[Journee]:
        """For `compter`, of that one alone."""
        return list(lire_journees(self._ouverts(), famille=famille))

    @property
    def depuis(self) -> date:
        """The first day that it reads."""
        return self._rattrapage.depuis

    def compter_familles(self) -> int:
        """How many there are to go through at most, for a progress bar: those who have an inscription."""
        inscriptions = Inscription.objects.order_by().filter(prestation__in=self.prestations)
        return inscriptions.entre(self._rattrapage.depuis, self.campagne.au).values("famille").distinct().count()

    def _journees_par_famille(self) -> Iterator[tuple[int, list[Journee]]]:
        """Familles with days, and those who had been billed days that are no more."""
        relues = self._rattrapage.campagnes
        # A month that gave back more than it billed has an avoir, and no invoice.
        rendus = Avoir.objects.order_by().filter(campagne__in=relues).values_list("famille")
        deja = Facture.objects.order_by().filter(campagne__in=relues).values_list("famille").union(rendus)
        sans_jours: Iterator[tuple[int, list[Journee]]] = ((famille, []) for (famille,) in deja.order_by("famille"))
        avec_jours = (
            (famille, list(jours)) for famille, jours in groupby(lire_journees(self._ouverts()), attrgetter("famille"))
        )
        premier = itemgetter(0)
        for famille, groupes in groupby(merge(avec_jours, sans_jours, key=premier), premier):
            yield famille, [jour for _, jours in groupes for jour in jours]

    def _ouverts(self) -> dict[int, list[date]]:
        """The open days of this period and of the billed ones, for each prestation of the régie."""
        ouverts: dict[int, list[date]] = defaultdict(list)
        for prestation, jours in chain(
            self._rattrapage.jours(), self.regles.jours(self._rattrapage.calendrier).items()
        ):
            ouverts[prestation] += jours
        return ouverts

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
        creance.regularisations = differences(passes, filter(self._se_compare, connus))
        return creance

    def _se_compare(self, deja: Article) -> bool:
        """Not what its campaign does not know: a structure moved before campaigns kept their rules."""
        return deja.prestation in self._rattrapage.regles(deja.jour).prestations

    def _articles(self, creance: Creance, situation: Situation, journees: list[Journee]) -> Iterator[Article]:
        """What those days are worth. What prevents a price is noted on the `creance`."""
        for journee in journees:
            jour, de_la_periode = journee.jour, self._est_de_la_periode(journee.jour)
            if de_la_periode:
                self._observer(creance, journee)
            elif self._n_attendait_personne(journee):
                continue
            regles = self.regles if de_la_periode else self._rattrapage.regles(jour)
            resident = creance.resident if de_la_periode else self._habitait(regles, situation, jour)
            qf = situation.qf(jour)
            try:
                article = self._article(regles, journee, qf, resident=resident)
            except (SansTarif, PrixIntrouvable):
                creance.sans_prix.add((journee.prestation, jour))
                continue
            if article is not None:
                creance.sans_qf |= qf is None and de_la_periode
                yield article

    def _habitait(self, regles: ReglesDeCampagne, situation: Situation, jour: date) -> bool:
        """Of a famille that had no paper of that month, its campaign remembers."""
        alors = situation.resident if regles.exterieurs is None else situation.famille not in regles.exterieurs
        return situation.habitait(jour, sinon=alors)

    def _article(self, regles: ReglesDeCampagne, journee: Journee, qf: int | None, *, resident: bool) -> Article | None:
        try:
            return self._baremes[id(regles)].article(journee, qf, resident=resident)
        except (SansTarif, PrixIntrouvable):
            return self._a_defaut.article(journee, qf, resident=resident)

    def _n_attendait_personne(self, journee: Journee) -> bool:
        """A day that was closed when its month was billed, and is no more: only the children called are billed."""
        if journee.presence != Presence.NON_POINTEE:
            return False
        return self._rattrapage.regles(journee.jour).etait_ferme(journee.prestation, journee.jour)

    def _observer(self, creance: Creance, journee: Journee) -> None:
        """What an agent must know before issuing: days of this period that nobody has called or decided."""
        if journee.etat in EN_ATTENTE:
            # A child who came is billed, decided or not.
            if nature_facturee(journee.etat, journee.presence, ouvert=True) is None:
                creance.en_suspens += 1
            else:
                creance.venus_en_suspens += 1
        elif journee.etat in ACQUISES and not journee.presence and journee.jour < self._aujourd_hui:
            creance.non_pointees.add((journee.prestation, journee.jour))
