"""What each famille owes for a campaign, lot by lot, written nowhere: the preview and the issue read the same.

Days come from planning in one stream; each lot adds a fixed number of queries. Memory does not grow with the town.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from heapq import merge
from itertools import groupby, islice
from operator import attrgetter, itemgetter

from django.db import connection

from facturation.campagne.articles import Article, Bareme, SansTarif, differences
from facturation.models import CampagneDeFacturation, Facture, Tarif
from facturation.prix.grille import Nature, PrixIntrouvable, Unite
from facturation.prix.residence import habite_la_commune
from famille.models import QuotientFamilial, Responsable
from planning.journees.effectives import Journee, jours_ouverts, lire_journees
from planning.models import Inscription, Prestation
from planning.regles.etats import ACQUISES, EN_ATTENTE

Progression = Callable[[int, int], None]  # so many familles done, of so many
LOT = 500  # familles
RATTRAPAGE = timedelta(days=200)  # how far back a billed month is read again

NATURES = {nature.value: nature for nature in Nature}
UNITES = {unite.value: unite for unite in Unite}

FACTURES = """
SELECT o.famille_id, o.resident, o.facture_id, l.nature, l.unite,
       l.enfant_id, l.prestation_id, u.jour, u.quantite, l.prix_unitaire, l.explication
FROM (
    SELECT f.famille_id, f.resident, f.id AS facture_id, l.id AS ligne_id
    FROM facturation_facture f JOIN facturation_ligne l ON l.facture_id = f.id
    WHERE f.famille_id = ANY(%(familles)s) AND f.regie_id = %(regie)s AND f.date >= %(depuis)s
    UNION ALL
    SELECT a.famille_id, f.resident, a.facture_id, l.id
    FROM facturation_avoir a JOIN facturation_facture f ON f.id = a.facture_id
    JOIN facturation_ligne l ON l.avoir_id = a.id
    WHERE a.famille_id = ANY(%(familles)s) AND a.regie_id = %(regie)s AND a.date >= %(depuis)s
) AS o
JOIN facturation_ligne l ON l.id = o.ligne_id AND l.enfant_id IS NOT NULL AND l.prestation_id IS NOT NULL
CROSS JOIN LATERAL unnest(l.jours, l.quantites) AS u(jour, quantite)
ORDER BY l.id
"""


@dataclass(frozen=True, slots=True)
class DejaFacture:
    """An article of a past invoice or avoir, and whether the famille lived in the town at that time."""

    article: Article
    resident: bool

    @property
    def jour(self) -> date:
        return self.article.jour


@dataclass
class CompteFamille:
    """What a famille owes: this period's articles, the differences on billed months, and what prevented a price."""

    famille: int
    resident: bool = True
    articles: list[Article] = field(default_factory=list)
    regularisations: list[Article] = field(default_factory=list)
    sans_qf: bool = False
    sans_payeur: bool = False
    sans_adresse: bool = False
    deja_facturee: bool = False
    sans_prix: set[tuple[int, date]] = field(default_factory=set)
    non_pointees: set[tuple[int, date]] = field(default_factory=set)
    en_suspens: int = 0


class Decompte:
    """The reckoning of a campaign, as of the day `au`."""

    def __init__(self, campagne: CampagneDeFacturation, *, au: date) -> None:
        self.campagne, self.aujourd_hui = campagne, au
        regie = campagne.regie
        self.prestations = {p.pk: p for p in Prestation.objects.filter(structure__en_regie__regie=regie)}
        self.passees = list(
            regie.campagnes.filter(emise_le__isnull=False, au__gte=campagne.du - RATTRAPAGE, au__lt=campagne.du)
        )
        self.depuis = min([campagne.du, *(passee.du for passee in self.passees)])
        grilles = Tarif.objects.filter(prestation__in=self.prestations).entre(self.depuis, campagne.au).grilles()
        self.bareme = Bareme(grilles, {p.pk: (p.heure_debut, p.heure_fin) for p in self.prestations.values()})

    def lots(self, *, apres: int = 0) -> Iterator[list[CompteFamille]]:
        """The familles above that id, in order, some hundreds at a time."""
        familles = ((pk, jours) for pk, jours in self._journees_par_famille() if pk > apres)
        while lot := dict(islice(familles, LOT)):
            yield self._compter(lot)

    def compter_familles(self) -> int:
        """How many there are to go through at most, for a progress bar: those who have an inscription."""
        inscriptions = Inscription.objects.order_by().filter(prestation__in=self.prestations)
        return inscriptions.entre(self.depuis, self.campagne.au).values("famille").distinct().count()

    def _ouverts(self) -> dict[int, list[date]]:
        """The open days of this period and of the billed ones, for each prestation of the régie."""
        periodes = [self.campagne, *self.passees]
        jours = jours_ouverts(self.prestations.values(), self.depuis, self.campagne.au)
        return {
            prestation: [jour for jour in ouverts if any(p.du <= jour <= p.au for p in periodes)]
            for prestation, ouverts in jours.items()
        }

    def _journees_par_famille(self) -> Iterator[tuple[int, list[Journee]]]:
        """Familles with days, and those who had been billed days that are no more."""
        deja = Facture.objects.filter(campagne__in=self.passees).order_by("famille").distinct().values_list("famille")
        sans_jours = ((famille, []) for (famille,) in deja)
        avec_jours = (
            (famille, list(jours)) for famille, jours in groupby(lire_journees(self._ouverts()), attrgetter("famille"))
        )
        premier = itemgetter(0)
        for famille, groupes in groupby(merge(avec_jours, sans_jours, key=premier), premier):
            yield famille, [jour for _, jours in groupes for jour in jours]

    def _compter(self, lot: dict[int, list[Journee]]) -> list[CompteFamille]:
        familles = list(lot)
        quotients, villes = self._quotients(familles), self._villes(familles)
        deja = self._deja_facturees(familles)
        factures = self._deja_factures(familles) if self.passees else {}
        comptes = []
        for famille, journees in lot.items():
            ville = villes.get(famille)
            compte = CompteFamille(famille, habite_la_commune(ville or ""), sans_adresse=not ville)
            compte.sans_payeur, compte.deja_facturee = ville is None, famille in deja
            anciens = {ligne.jour: ligne.resident for ligne in factures.get(famille, ())}
            dus = list(self._articles(compte, journees, quotients.get(famille, ()), anciens))
            compte.articles = [article for article in dus if article.jour >= self.campagne.du]
            passes = [article for article in dus if article.jour < self.campagne.du]
            # A past day that has lost its price keeps what was billed: it is a hole in the prices, not a gift.
            deja_dus = [ligne.article for ligne in factures.get(famille, ())]
            connus = [article for article in deja_dus if (article.prestation, article.jour) not in compte.sans_prix]
            compte.regularisations = differences(passes, connus)
            comptes.append(compte)
        return comptes

    def _articles(
        self,
        compte: CompteFamille,
        journees: list[Journee],
        quotients: Iterable[tuple[date, int]],
        anciens: dict[date, bool],
    ) -> Iterator[Article]:
        """`anciens`: where the famille lived when a past day was billed; moving house changes no past price."""
        for journee in journees:
            self._observer(compte, journee)
            qf = next((valeur for effet, valeur in quotients if effet <= journee.jour), None)
            try:
                resident = anciens.get(journee.jour, compte.resident)
                article = self.bareme.article(journee, qf, resident=resident)
            except (SansTarif, PrixIntrouvable):
                compte.sans_prix.add((journee.prestation, journee.jour))
                continue
            if article is not None:
                compte.sans_qf |= qf is None and journee.jour >= self.campagne.du
                yield article

    def _observer(self, compte: CompteFamille, journee: Journee) -> None:
        """What an agent must know before issuing: days of this period that nobody has called or decided."""
        if journee.jour < self.campagne.du:
            return
        if journee.etat in EN_ATTENTE:
            compte.en_suspens += 1
        elif journee.etat in ACQUISES and not journee.presence and journee.jour < self.aujourd_hui:
            compte.non_pointees.add((journee.prestation, journee.jour))

    def _quotients(self, familles: list[int]) -> dict[int, list[tuple[date, int]]]:
        """{famille: [(date of effect, QF)]}, newest first."""
        lignes = QuotientFamilial.objects.filter(famille__in=familles, date_effet__lte=self.campagne.au)
        lus = lignes.order_by("famille", "-date_effet").values_list("famille", "date_effet", "valeur")
        return {famille: [ligne[1:] for ligne in groupe] for famille, groupe in groupby(lus, itemgetter(0))}

    def _villes(self, familles: list[int]) -> dict[int, str]:
        """{famille: town of its titulaire}. A famille without a titulaire is not there."""
        titulaires = Responsable.objects.filter(famille__in=familles, role=Responsable.Role.TITULAIRE)
        return dict(titulaires.values_list("famille", "ville"))

    def _deja_facturees(self, familles: list[int]) -> set[int]:
        """Those who have an invoice of this régie over this period already."""
        factures = Facture.objects.order_by().filter(famille__in=familles, regie=self.campagne.regie)
        communes = factures.filter(du__lte=self.campagne.au, au__gte=self.campagne.du)
        return set(communes.values_list("famille", flat=True))

    def _deja_factures(self, familles: list[int]) -> dict[int, list[DejaFacture]]:
        """{famille: what was billed on the days of the past campaigns}."""
        parametres = {"familles": familles, "regie": self.campagne.regie_id, "depuis": self.depuis}
        par_famille: dict[int, list[DejaFacture]] = defaultdict(list)
        with connection.cursor() as curseur:
            curseur.execute(FACTURES, parametres)
            for famille, resident, facture, nature, unite, *reste in curseur:
                enfant, prestation, jour, quantite, prix, explication = reste
                if any(passee.du <= jour <= passee.au for passee in self.passees):
                    article = Article(
                        enfant, prestation, jour, NATURES[nature], quantite, UNITES[unite], prix, explication, facture
                    )
                    par_famille[famille].append(DejaFacture(article, resident))
        return par_famille
