"""Gives the agents' groups the rights that the tables say, and prints them. With `--verifier`, only tells."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from socle.octroi.application import Ecarts, Groupes
from socle.octroi.impression import decrire, droits_en_vigueur, imprimer
from socle.octroi.table import Droit


class Command(BaseCommand):
    help = "Donne aux groupes d’agents les droits prévus, et les imprime ; avec --verifier, dit ce qui diffère."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--verifier",
            action="store_true",
            help="n’écrit rien ; dit ce qui diffère, et sort avec le code 1 s’il reste des droits à donner",
        )

    def handle(self, *args: object, verifier: bool, **options: object) -> None:
        groupes = Groupes()
        donnes = set() if verifier else groupes.accorder()
        for ligne in imprimer(droits_en_vigueur()):
            self.stdout.write(ligne)
        ecarts = groupes.ecarts()
        self._dire("Donnés à l’instant", donnes)
        self._dire_les_ecarts(ecarts)
        if ecarts.inconnus:
            raise CommandError(f"Une table nomme un droit qui n’existe pas\u00a0: {min(ecarts.inconnus).permission}.")
        if verifier and ecarts.a_accorder:
            raise CommandError("Il reste des droits à donner\u00a0: lancez la commande sans --verifier.")

    def _dire_les_ecarts(self, ecarts: Ecarts) -> None:
        self._dire("À donner", ecarts.a_accorder)
        self._dire("Retirés par la ville, et qui le restent", ecarts.retires)
        self._dire("Ajoutés par la ville", ecarts.ajoutes)
        self._dire("Donnés par une version passée, plus prévus", ecarts.abandonnes)

    def _dire(self, titre: str, droits: set[Droit]) -> None:
        if droits:
            self.stdout.write(f"\n{titre}\u00a0:")
        for droit in sorted(droits):
            self.stdout.write(f"  {decrire(droit)}")
