"""What was billed of a child whose two records become one: papers stay as they are, with their famille.

Their lines go on naming the record that is no more: whoever reckons a billed day again reads the one that is kept.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from facturation.models import Ligne
from famille.fusion.suites import Suite
from famille.models import Enfant
from francais import dates_courtes, pluriel


class FacturesDUnEnfant(Suite):
    def obstacles(self, garde: Enfant, fondue: Enfant) -> Iterator[str]:
        communs = {jour for _, jour in _factures(garde) & _factures(fondue)}
        if communs:
            yield (
                f"Les deux fiches ont été facturées pour la même prestation ({dates_courtes(sorted(communs))})\u00a0: "
                "établissez d’abord l’avoir de l’une des deux."
            )

    def compter(self, fondue: Enfant) -> Iterator[str]:
        lignes = Ligne.objects.filter(enfant=fondue).count()
        if lignes:
            yield pluriel(lignes, "ligne de facture (qui ne change pas)", "lignes de factures (qui ne changent pas)")

    def deplacer(self, garde: Enfant, fondue: Enfant) -> None:
        """Nothing: what is issued never changes."""


def _factures(enfant: Enfant) -> set[tuple[int, date]]:
    """{(prestation, day)} of what was billed and not given back, under whichever of its records."""
    nets: dict[tuple[int, date], Decimal] = defaultdict(Decimal)
    lignes = Ligne.objects.order_by().d_un_enfant(enfant.pk).filter(prestation__isnull=False)
    for prestation, jours, quantites in lignes.values_list("prestation", "jours", "quantites"):
        for jour, quantite in zip(jours, quantites, strict=True):
            nets[prestation, jour] += quantite
    return {cle for cle, net in nets.items() if net > 0}
