"""The copy of a famille's data, for the desk: for whoever asks there, or has no access."""

import os
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from famille.models import Famille, LectureConfidentielle, Responsable
from francais import pluriel
from portail.copie import CopieDuDossier

LECTEUR, OBJET = "exporter_famille", "Copie du dossier"


class Command(BaseCommand):
    help = "Écrit dans un fichier ZIP tout ce que le portail enregistre sur une famille."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("numero", help="numéro de la famille, 13 chiffres")
        parser.add_argument("fichier", type=Path, help="fichier ZIP à écrire ; il ne doit pas exister")
        parser.add_argument(
            "--pour",
            choices=Responsable.Role.values,
            default=Responsable.Role.TITULAIRE,
            help="qui le demande : de son compte, et du sien seul, la copie dit les connexions",
        )

    def handle(self, *args: object, numero: str, fichier: Path, pour: str, **options: object) -> None:
        try:
            famille = Famille.objects.avec_responsables().get(numero=numero)
        except Famille.DoesNotExist:
            raise CommandError(f"Aucune famille n’a le numéro « {numero} ».") from None
        demandeur = famille.titulaire if pour == Responsable.Role.TITULAIRE else famille.conjoint
        if demandeur is None and pour == Responsable.Role.CONJOINT:
            raise CommandError(f"La famille {numero} n’a pas de conjoint.")
        try:
            # Its owner's alone from the first byte, and never in the place of another file.
            descripteur = os.open(fichier, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError as refus:
            raise CommandError(f"« {fichier} » ne peut pas être écrit : {refus.strerror}.") from refus
        with os.fdopen(descripteur, "wb") as sortie, transaction.atomic():
            self._noter_la_lecture(famille)
            copie = CopieDuDossier(famille, pour=demandeur)
            copie.ecrire(sortie)
        fichiers = pluriel(len(copie.fichiers), "fichier joint", "fichiers joints")
        self.stdout.write(f"{fichier} : les données de la famille {numero}, {fichiers}.")

    def _noter_la_lecture(self, famille: Famille) -> None:
        """No account reads here, but health data leave: the journal says by which door."""
        enfants = famille.enfants.filter(fiche_sanitaire__isnull=False)
        LectureConfidentielle.objects.bulk_create(
            LectureConfidentielle(enfant=enfant, enfant_nom=enfant.nom_complet, objet=OBJET, par_identifiant=LECTEUR)
            for enfant in enfants
        )
