"""What no invoice has taken of a payment: it pays the oldest invoice due, or waits for the next one."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Self, TypeVar

from django.db import models
from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce

from facturation.models.affectations.affectation import Affectation
from facturation.models.facture import Facture
from facturation.models.operation import Operation
from facturation.models.regie import Regie
from facturation.montants import NUL

Paye = TypeVar("Paye", bound=Operation)


class CreditQuerySet(models.QuerySet[Paye]):
    """Of payments."""

    def avec_credit(self) -> Self:
        """Annotates `credit`, in €: what no invoice has taken yet."""
        return self.annotate(credit=F("montant") - Coalesce(Sum("affectations__montant"), NUL))

    def en_credit(self) -> Self:
        """Valid payments of which something is left, oldest first."""
        valides = self.filter(montant__gt=0, annulation__isnull=True)
        return valides.avec_credit().filter(Q(credit__gt=0)).order_by("date", "pk")

    def imputer_les_credits(self, famille_id: int, regie: Regie) -> None:
        """Let what is left of former payments pay the invoices due, oldest first. The caller has locked the famille."""
        en_credit = self.filter(famille=famille_id, regie=regie).en_credit()
        for reglement, credit in en_credit.values_list("pk", F("credit")):
            affecter(reglement, Facture.objects.dues(famille_id, regie.pk), credit)


def affecter(reglement: int, factures: Iterable[Facture], credit: Decimal) -> None:
    """Put up to `credit` € of a payment, by its key, on those invoices (read `avec_reste`), in order."""
    affectations = []
    for facture in factures:
        part = min(credit, facture.reste)
        if part <= 0:
            break
        affectations.append(Affectation(reglement_id=reglement, facture=facture, montant=part))
        credit -= part
    Affectation.objects.bulk_create(affectations)
