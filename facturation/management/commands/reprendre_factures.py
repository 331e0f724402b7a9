"""Finish the papers that a killed worker left: invoices, files for the printer. From cron, every few minutes."""

from datetime import timedelta

from django.core.management.base import BaseCommand
from django.utils import timezone

from facturation.factures_pdf import rendre
from facturation.impression import relier
from facturation.models import Cahier, Facture
from francais import pluriel

PAQUET = 100  # invoices
PATIENCE = timedelta(minutes=15)  # after that, no worker has them in hand any more


class Command(BaseCommand):
    help = (
        "Dessine les factures et relie les cahiers qu’un processus interrompu a laissés. Sans effet s’il n’y en a pas."
    )

    def handle(self, *args, **options) -> None:
        oubliees = Facture.objects.filter(document=None, creee_le__lt=timezone.now() - PATIENCE)
        attendent = list(oubliees.order_by("pk").values_list("pk", flat=True))
        rendues = sum(rendre(attendent[debut : debut + PAQUET]) for debut in range(0, len(attendent), PAQUET))
        cahiers = sum(map(relier, Cahier.objects.campagnes_a_relier().select_related("regie")))
        self.stdout.write(f"{pluriel(rendues, 'facture')}, {pluriel(cahiers, 'cahier')}.")
