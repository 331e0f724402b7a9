"""For the day on which nobody of the direction can come in any more: takes back the second factor of an account."""

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from famille.models import Authentificateur
from famille.models.compte import normaliser_identifiant
from famille.second_facteur.annonce import prevenir_du_second_facteur


class Command(BaseCommand):
    help = "Retire le second facteur d’un compte dont le téléphone et les codes de secours sont perdus."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("identifiant")

    @transaction.atomic
    def handle(self, *args: object, identifiant: str, **options: object) -> None:
        cles = Authentificateur.objects.select_related("compte")
        cle = cles.filter(compte__identifiant=normaliser_identifiant(identifiant)).first()
        if cle is None:
            raise CommandError(f"{identifiant}\u00a0: aucun compte de ce nom n’a de second facteur.")
        cle.retirer()
        prevenir_du_second_facteur(cle.compte, "L’informatique a retiré le second facteur de votre compte")
        self.stdout.write(f"{identifiant}\u00a0: second facteur retiré.")
