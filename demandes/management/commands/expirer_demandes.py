"""Give up the days that nobody has decided before they came, and tell their familles. To be run soon after midnight."""

from django.core.management.base import BaseCommand
from django.utils import timezone

import francais
from demandes.erreurs import DejaDecidee
from demandes.models import Demande


class Command(BaseCommand):
    help = "Rend les places des jours demandés que personne n’a décidés à temps, et le dit aux familles."

    def handle(self, *args: object, **options: object) -> None:
        jour = timezone.localdate()
        demandes = jours = 0
        for demande in Demande.objects.expirables(jour):
            try:
                perdus = demande.expirer(jour)
            except DejaDecidee:
                continue  # an agent was faster
            demandes += bool(perdus)
            jours += len(perdus)
        if demandes:
            dites = francais.pluriel(demandes, "demande sans réponse", "demandes sans réponse")
            self.stdout.write(f"{dites}\u00a0: {francais.pluriel(jours, 'jour')} à la famille.")
