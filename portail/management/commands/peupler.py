"""Makes the demo town. Run again, it adds what is missing and changes nothing."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

import francais
from portail.peuplement.certifications import peupler_certifications
from portail.peuplement.echanges import peupler_echanges
from portail.peuplement.facturation import peupler_facturation
from portail.peuplement.foyers import peupler_foyers
from portail.peuplement.guide import peupler_guide
from portail.peuplement.pieces import peupler_pieces
from portail.peuplement.plannings import peupler_plannings
from portail.peuplement.reglages import peupler_reglages

MOT_DE_PASSE, PROVISOIRE = "Plombieres21", "Provisoire1"


class Command(BaseCommand):
    help = "Peuple la ville de démonstration (ou une ville de N familles, pour mesurer)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--familles", type=int, default=60, help="nombre de familles, hors celles du guide")
        parser.add_argument("--annees", type=int, default=1, help="années scolaires de réservations, celle-ci comprise")

    def handle(self, *args: object, familles: int, annees: int, **options: object) -> None:
        if settings.PRODUCTION:
            raise CommandError("La ville de démonstration a des mots de passe publics : jamais en production.")
        aujourd_hui = timezone.localdate()
        peupler_guide(aujourd_hui, MOT_DE_PASSE, PROVISOIRE)
        nouvelles = peupler_foyers(familles, aujourd_hui, MOT_DE_PASSE)
        if nouvelles:
            self.stdout.write(f"Ville de démonstration : {francais.pluriel(nouvelles, 'famille')} de plus.")
        peupler_plannings(aujourd_hui, annees, familles)
        peupler_facturation(aujourd_hui)
        peupler_echanges(aujourd_hui)
        peupler_certifications(aujourd_hui)
        peupler_reglages()
        peupler_pieces(aujourd_hui)
