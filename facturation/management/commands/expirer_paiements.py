"""Closes the online payments that the Treasury never answered. From cron, every quarter of an hour."""

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from facturation.models import PaiementEnLigne
from facturation.models.tipi.paiement_en_ligne import EtatPaiement
from francais import pluriel


class Command(BaseCommand):
    help = "Clôt les paiements en ligne restés sans réponse. Une notification qui viendrait ensuite sera à examiner."

    def handle(self, *args: object, **options: object) -> None:
        references = PaiementEnLigne.objects.anciens(timezone.now()).values_list("refdet", flat=True)
        expires = sum(_expirer(refdet) for refdet in list(references))
        if expires:  # cron posts what is said
            self.stdout.write(pluriel(expires, "paiement expiré", "paiements expirés") + ".")


@transaction.atomic
def _expirer(refdet: str) -> bool:
    """Under lock, read again: the Treasury may answer at this very moment."""
    paiement = PaiementEnLigne.objects.verrouiller(refdet)
    if paiement is None or not paiement.est_ouvert:
        return False
    paiement.clore(EtatPaiement.EXPIRE)
    return True
