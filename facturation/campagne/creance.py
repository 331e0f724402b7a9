"""What one famille owes for a campaign, before any line is written: the preview and the issue both read it."""

from dataclasses import dataclass, field
from datetime import date

from facturation.campagne.rendu import Rendu
from facturation.prix.article import Article


@dataclass
class Creance:
    """This period's articles, the differences on billed months, and what prevented a price.

    `rendu`: how what is taken back is given back, once the other invoices of the famille have been read.
    """

    famille: int
    resident: bool = True
    articles: list[Article] = field(default_factory=list)
    regularisations: list[Article] = field(default_factory=list)
    rendu: Rendu | None = None
    sans_qf: bool = False
    sans_payeur: bool = False
    sans_adresse: bool = False
    deja_facturee: bool = False
    sans_prix: set[tuple[int, date]] = field(default_factory=set)
    non_pointees: set[tuple[int, date]] = field(default_factory=set)
    en_suspens: int = 0
    venus_en_suspens: int = 0

    @property
    def rend_des_jours(self) -> bool:
        return any(article.quantite < 0 for article in self.regularisations)

    @property
    def enfants(self) -> set[int]:
        return {article.enfant for article in (*self.articles, *self.regularisations)}
