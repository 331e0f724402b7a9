"""Recipients that take both money and words to name: only the shell knows the two."""

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from facturation.models import Facture
from famille.models import Famille
from messagerie.destinataires.sortes import Destinataires


class FamillesAvecImpaye(Destinataires):
    """Familles with an invoice that is not wholly paid."""

    code, titre = "impaye", "Les familles qui ont une facture impayée"

    echues = forms.BooleanField(label="Seulement les factures dont l’échéance est passée", required=False)

    def familles(self) -> QuerySet[Famille]:
        factures = Facture.objects.impayees()
        if self.cleaned_data["echues"]:
            factures = factures.filter(echeance__lt=timezone.localdate())
        return Famille.objects.filter(pk__in=factures.values("famille"))
