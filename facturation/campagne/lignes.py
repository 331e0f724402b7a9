"""Which articles go on one line of an invoice, pure.

The seat of later rules (nth child, monthly maximum): `regrouper` sees the articles of a famille together.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from facturation.prix.article import Article, valeur


@dataclass(frozen=True, slots=True)
class Groupe:
    """The articles of one line: same child, prestation, nature, price and reason."""

    articles: tuple[Article, ...]
    est_regularisation: bool = False

    @property
    def premier(self) -> Article:
        return self.articles[0]

    @property
    def quantite(self) -> Decimal:
        return sum((article.quantite for article in self.articles), Decimal(0))

    @property
    def montant(self) -> Decimal:
        """In €, rounded once, on the line."""
        return valeur(self.quantite, self.premier.unite, self.premier.prix)


def regrouper(articles: Iterable[Article], *, est_regularisation: bool = False) -> list[Groupe]:
    """One group a line. What is taken back never shares a line with what is billed."""
    par_ligne: dict[tuple, list[Article]] = defaultdict(list)
    for article in articles:
        par_ligne[_cle(article)].append(article)
    return [
        Groupe(tuple(sorted(groupe, key=lambda article: article.jour)), est_regularisation)
        for groupe in par_ligne.values()
    ]


def _cle(article: Article) -> tuple:
    signe = article.quantite > 0
    mesure = article.unite, article.est_en_minutes
    return article.enfant, article.prestation, article.nature, article.prix, article.explication, mesure, signe
