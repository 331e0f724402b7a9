"""A quotient that changes: the days of the famille that its next invoices bill, or bill again, at another price.

The next campaign itself does the reckoning, before and after: what is told is what will be billed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Self

from django.db.models import Max, Q
from django.http import HttpRequest
from django.utils import timezone

import francais
from facturation.campagne.decompte import Decompte
from facturation.campagne.lignes import regrouper
from facturation.models import CampagneDeFacturation, Facture, Regie
from facturation.montants import NUL
from facturation.prix.article import Article, Cle
from facturation.prix.grille import Nature
from planning.journees.journee import Journee
from planning.models import Inscription, Prestation
from planning.portee.essai import SeDitAvant
from planning.portee.jours import desormais
from planning.regles.jours import UN_JOUR

DEJA_FACTURES = (
    "jour déjà facturé change de prix",
    "jours déjà facturés changent de prix",
    "Régularisation par la prochaine campagne",
)
A_VENIR = ("jour change de prix", "jours changent de prix", "Sur ses prochaines factures")
LOINTAIN = timedelta(days=2 * 366)  # days that nobody has billed for that long are not counted


@dataclass(frozen=True)
class DuALaRegie:
    """What the next campaign of a régie bills: from `a_facturer` on for the first time, before that, again.

    `depuis`: the first day that it reads. `jusqu_au`: the last one that is counted.
    """

    depuis: date
    a_facturer: date
    jusqu_au: date
    articles: Mapping[Cle, tuple[Article, ...]]

    def est_facture(self, jour: date) -> bool:
        return jour < self.a_facturer

    def qui_changent(self, apres: Self) -> set[Cle]:
        """The child's days that are worth another price."""
        toutes = self.articles.keys() | apres.articles.keys()
        return {cle for cle in toutes if self._prix(cle) != apres._prix(cle)}

    def _prix(self, cle: Cle) -> list[tuple[Nature, Decimal, Decimal]]:
        return sorted((article.nature, article.quantite, article.prix) for article in self.articles.get(cle, ()))


Lecture = Mapping[int, DuALaRegie]  # by régie


@dataclass(frozen=True)
class RepriseDuQuotient(SeDitAvant[Lecture]):
    """`effet`: the first day that may change."""

    famille: int
    effet: date

    def lire(self) -> Lecture:
        """As the base is now; of what a quotient does not change, read once."""
        return {decompte.campagne.regie_id: self._compter(decompte, jours) for decompte, jours in self._decomptes}

    def dire(self, avant: Lecture, apres: Lecture) -> list[str]:
        """Billed days apart from the others; nothing if no price changes."""
        changes = [(avant[regie], apres[regie]) for regie in avant.keys() & apres.keys()]
        phrases = [*_dire(changes, factures=True), *_dire(changes, factures=False)]
        phrases += [phrase for regie, du in apres.items() for phrase in self._dire_le_trop_ancien(regie, du)]
        if phrases:
            phrases.append(f"Compté jusqu’au {francais.date_courte(max(du.jusqu_au for du in apres.values()))}.")
        return phrases

    def annoncer(self, avant: Lecture, apres: Lecture, request: HttpRequest) -> None:
        """The invoice tells the famille, line by line."""

    def _regies(self) -> list[Regie]:
        """Those that bill it, or have billed it."""
        inscriptions = Inscription.objects.order_by().filter(famille=self.famille)
        siennes = Q(structures__prestations__in=inscriptions.values("prestation")) | Q(factures__famille=self.famille)
        return list(Regie.objects.filter(siennes).distinct().order_by("pk"))

    @cached_property
    def _decomptes(self) -> list[tuple[Decompte, list[Journee]]]:
        """That of each régie, with the days of the famille."""
        decomptes = [Decompte(self._campagne(regie), au=timezone.localdate()) for regie in self._regies()]
        return [(decompte, decompte.journees_d_une_famille(self.famille)) for decompte in decomptes]

    def _campagne(self, regie: Regie) -> CampagneDeFacturation:
        """From what is not billed yet to as far as one counts; written nowhere."""
        _, fin = desormais(Prestation.objects.filter(structure__en_regie__regie=regie))
        emises = regie.campagnes.filter(emise_le__isnull=False)
        dernier = emises.aggregate(au=Max("au"))["au"]
        du = dernier + UN_JOUR if dernier else max(self.effet, timezone.localdate() - LOINTAIN)
        return CampagneDeFacturation(regie=regie, du=du, au=max(du, fin))

    def _compter(self, decompte: Decompte, jours: list[Journee]) -> DuALaRegie:
        (creance,) = decompte.compter({self.famille: jours})
        articles: dict[Cle, tuple[Article, ...]] = {}
        for article in (*creance.articles, *creance.regularisations):
            articles[article.cle] = (*articles.get(article.cle, ()), article)
        return DuALaRegie(decompte.depuis, decompte.campagne.du, decompte.campagne.au, articles)

    def _dire_le_trop_ancien(self, regie: int, du: DuALaRegie) -> Iterator[str]:
        """A mistake of two years ago is for an avoir, by hand."""
        anciennes = Facture.objects.filter(famille=self.famille, regie=regie, du__lt=du.depuis, au__gte=self.effet)
        if self.effet < du.depuis and anciennes.exists():
            jour = francais.date_courte(du.depuis)
            yield f"Ce qui a été facturé avant le {jour} ne change pas\u00a0: ces mois ne sont plus relus."


def _dire(couples: list[tuple[DuALaRegie, DuALaRegie]], *, factures: bool) -> Iterator[str]:
    cles: set[Cle] = set()
    ecart = NUL
    for avant, apres in couples:
        changees = {cle for cle in avant.qui_changent(apres) if apres.est_facture(cle[2]) is factures}
        cles |= changees
        ecart += _valeur(apres, changees) - _valeur(avant, changees)
    if not cles:
        return
    jours = sorted(jour for _, _, jour in cles)
    enfants = francais.pluriel(len({enfant for enfant, _, _ in cles}), "enfant")
    un, plusieurs, ou = DEJA_FACTURES if factures else A_VENIR
    combien = francais.pluriel(len(cles), un, plusieurs)
    somme = f"{francais.euros(abs(ecart))} de {'plus' if ecart > 0 else 'moins'}" if ecart else "le même total"
    yield f"{combien}, {francais.periode(jours[0], jours[-1])}\u00a0: 1 famille, {enfants}. {ou}\u00a0: {somme}."


def _valeur(du: DuALaRegie, cles: set[Cle]) -> Decimal:
    """In €, of those days, as the lines of an invoice round them."""
    articles = [article for cle in cles for article in du.articles.get(cle, ())]
    return sum((groupe.montant for groupe in regrouper(articles)), NUL)
