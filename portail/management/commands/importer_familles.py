"""Familles from a file, at the keyboard: tried unless `--ecrire` is said; the same import as the agents' screen."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from famille.models import Compte, CorrespondanceDeColonnes
from francais import pluriel
from portail.importation.bilan import Bilan
from portail.importation.importation import Importation
from portail.importation.lecture.correspondance import deviner, fautes_de
from portail.importation.lecture.fautes import FichierIllisible
from portail.importation.lecture.fichier import lire

BARRE = 30  # signs
ECARTS_DITS = 50


class Command(BaseCommand):
    help = (
        "Importe des familles d’un fichier CSV, XLSX ou ODS. Sans --ecrire, dit ce qu’il changerait, et n’écrit rien."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("fichier", type=Path, help="CSV (UTF-8, Windows-1252 ou UTF-16), XLSX ou ODS")
        parser.add_argument("--correspondance", default="", help="nom d’une correspondance de colonnes enregistrée")
        parser.add_argument("--ecrire", action="store_true", help="écrire ; sinon, rien ne l’est")
        parser.add_argument(
            "--par", default="", help="identifiant de l’agent qui importe (par défaut, le premier superutilisateur)"
        )

    def handle(
        self,
        *args: object,
        fichier: Path,
        correspondance: str,
        ecrire: bool,
        par: str,
        verbosity: int,
        **options: object,
    ) -> None:
        self.bavard = verbosity > 0 and self.stderr.isatty()
        importation = self._preparer(fichier, correspondance, par)
        bilan = importation.faire() if ecrire else importation.essayer()
        if self.bavard:
            self.stderr.write("")
        self._dire(bilan)
        if bilan.fautes:
            raise CommandError(f"{pluriel(len(bilan.fautes), 'erreur')} : rien n’est écrit.")
        if not ecrire and not bilan.ne_change_rien:
            self.stdout.write("Essai : rien n’est écrit. Ajoutez --ecrire.")

    def _preparer(self, fichier: Path, correspondance: str, par: str) -> Importation:
        try:
            table = lire(fichier.read_bytes())
        except OSError as refus:
            raise CommandError(f"« {fichier} » ne se lit pas : {refus.strerror}.") from refus
        except FichierIllisible as refus:
            raise CommandError(str(refus)) from None
        colonnes = deviner(table.entetes, self._apprises(correspondance))
        if fautes := fautes_de(table.entetes, colonnes):
            raise CommandError(" ".join(fautes))
        for titre, code in colonnes.items():
            if titre and not code:
                self.stderr.write(self.style.WARNING(f"Colonne laissée de côté : « {titre} »."))
        return Importation(table, colonnes, fichier.name[:120], self._agent(par), self._avancer)

    def _apprises(self, nom: str) -> dict[str, str] | None:
        if not nom:
            return None
        trouvee = CorrespondanceDeColonnes.objects.filter(nom=nom).first()
        if trouvee is None:
            noms = ", ".join(CorrespondanceDeColonnes.objects.values_list("nom", flat=True)) or "aucune"
            raise CommandError(f"Aucune correspondance ne s’appelle « {nom} ». Enregistrées : {noms}.")
        return trouvee.colonnes

    def _agent(self, identifiant: str) -> Compte:
        agents = Compte.objects.filter(is_staff=True, is_active=True).order_by("pk")
        agent = agents.filter(identifiant=identifiant) if identifiant else agents.filter(is_superuser=True)
        if (trouve := agent.first()) is None:
            raise CommandError("L’importation est au nom d’un agent : donnez son identifiant avec --par.")
        return trouve

    def _avancer(self, etape: str, faits: int, total: int) -> None:
        """A bar, rewritten in place, for who looks at a terminal."""
        if self.bavard:
            plein = BARRE * faits // total if total else 0
            self.stderr.write(f"\r{etape:<13}[{'█' * plein}{'·' * (BARRE - plein)}] {faits}/{total}", ending="")

    def _dire(self, bilan: Bilan) -> None:
        for faute in bilan.fautes:
            self.stderr.write(str(faute))
        for phrase in (*bilan.nombres, *bilan.avertissements):
            self.stdout.write(phrase)
        for ecart in bilan.ecarts[:ECARTS_DITS]:
            avant = ecart.avant or "vide"
            self.stdout.write(f"Ligne {ecart.ligne}, {ecart.qui}, {ecart.quoi} : {avant} → {ecart.apres or 'vide'}")
        if len(bilan.ecarts) > ECARTS_DITS:
            self.stdout.write(
                f"… et {pluriel(len(bilan.ecarts) - ECARTS_DITS, 'autre différence', 'autres différences')}."
            )
