"""What a billed day owes once it has changed, pure: the difference, which the next campaign adds or takes back."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from facturation.prix.article import Article
from facturation.prix.grille import Unite

UNE_MINUTE = Decimal(1)


def differences(dus: Iterable[Article], factures: Iterable[Article]) -> list[Article]:
    """What must be added to what was billed so that it becomes what is due, day by day.

    `factures`: every billed article of those days, those taken back included (below zero).
    """
    nets: dict[tuple, Decimal] = defaultdict(Decimal)
    modeles: dict[tuple, Article] = {}
    for article in factures:
        cle = (article.cle, article.nature, article.prix, article.unite)
        nets[cle] -= article.quantite
        if article.quantite > 0 or cle not in modeles:
            modeles[cle] = article
    for article in dus:
        cle = (article.cle, article.nature, article.prix, article.unite)
        nets[cle] += article.quantite
        modeles.setdefault(cle, article)
    return [replace(modeles[cle], quantite=net) for cle, net in nets.items() if _compte(modeles[cle], net)]


def _compte(article: Article, net: Decimal) -> bool:
    """What was billed in hundredths of an hour is never a whole minute away from its minutes: that is no difference."""
    return abs(net) >= UNE_MINUTE if article.unite == Unite.HEURE else bool(net)
