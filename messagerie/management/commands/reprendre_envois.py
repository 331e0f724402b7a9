"""Finish what a worker left when it died. To be run every few minutes by the system's timer.

Mailings and e-mails at once, lest no worker be left; any other task goes back to the queue.
"""

from django.core.management.base import BaseCommand

import francais
from courriels.facteur import Facteur
from messagerie.envois.taches import expedier
from messagerie.models import Envoi
from socle.ouvrier.orphelines import reprendre_les_orphelines


class Command(BaseCommand):
    help = "Termine ce qu’un processus interrompu a laissé\u00a0: messages, e-mails, tâches. Sans rien, ne fait rien."

    def handle(self, *args: object, **options: object) -> None:
        taches = reprendre_les_orphelines()
        familles = sum(expedier.call(pk) for pk in Envoi.objects.en_cours().values_list("pk", flat=True))
        courriels = Facteur().tournee()
        if familles or courriels:  # cron posts what is said
            self.stdout.write(f"{francais.pluriel(familles, 'famille')}, {francais.pluriel(courriels, 'e-mail')}")
        if taches:
            self.stdout.write(francais.pluriel(taches, "tâche remise", "tâches remises") + " dans la file")
