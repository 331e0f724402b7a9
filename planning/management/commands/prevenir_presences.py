"""Tell the familles whose child came without a booking, the same evening. To be run once the rolls are called."""

from django.core.management.base import BaseCommand
from django.utils import timezone

import francais
from planning.appel.sans_reservation import prevenir


class Command(BaseCommand):
    help = "Dit aux familles les présences sans réservation, ce qu’elles coûtent et comment les corriger."

    def handle(self, *args: object, **options: object) -> None:
        familles = prevenir(timezone.localdate())
        if familles:
            self.stdout.write(f"{francais.pluriel(familles, 'famille prévenue', 'familles prévenues')}.")
