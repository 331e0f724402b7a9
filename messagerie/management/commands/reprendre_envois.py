"""Finish what a worker left when it died: mailings and e-mails. To be run every few minutes by the system's timer."""

from django.core.management.base import BaseCommand

import francais
from courriels.facteur import Facteur
from messagerie.envois.taches import expedier
from messagerie.models import Envoi


class Command(BaseCommand):
    help = "Termine les messages et les e-mails qu’un processus interrompu a laissés. Sans effet s’il n’y en a pas."

    def handle(self, *args: object, **options: object) -> None:
        familles = sum(expedier.call(pk) for pk in Envoi.objects.en_cours().values_list("pk", flat=True))
        courriels = Facteur().tournee()
        if familles or courriels:  # cron posts what is said
            self.stdout.write(f"{francais.pluriel(familles, 'famille')}, {francais.pluriel(courriels, 'e-mail')}")
