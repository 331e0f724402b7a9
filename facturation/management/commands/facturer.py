"""Bills a month from the terminal, or from cron: preview, then issue with a progress bar. Run again, it resumes."""

import re
from argparse import ArgumentTypeError
from datetime import date

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from facturation.campagne.apercu import Apercu, apercevoir
from facturation.campagne.emission import Emission
from facturation.erreurs import EmissionImpossible
from facturation.models import CampagneDeFacturation, Regie
from francais import euros, nombre, pluriel
from planning.regles.jours import bornes_du_mois

LARGEUR = 40


def mois(texte: str) -> tuple[date, date]:
    """« 2026-10 », as its first and last days."""
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", texte):
        raise ArgumentTypeError("un mois s’écrit AAAA-MM")
    return bornes_du_mois(int(texte[:4]), int(texte[5:]))


class Command(BaseCommand):
    help = "Facture un mois d’une régie. Reprend où elle s’est arrêtée ; deux fois ne change rien."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--regie", required=True, help="code de la régie, par exemple AL")
        parser.add_argument("--mois", required=True, type=mois, help="mois à facturer, AAAA-MM")
        parser.add_argument("--apercu", action="store_true", help="montre ce qui serait facturé, sans rien écrire")

    def handle(self, *args: object, regie: str, mois: tuple[date, date], apercu: bool, **options: object) -> None:
        du, au = mois
        try:
            la_regie = Regie.objects.get(code=regie)
        except Regie.DoesNotExist:
            raise CommandError(f"Aucune régie n’a le code « {regie} ».") from None
        campagne = CampagneDeFacturation.objects.filter(regie=la_regie, du=du, au=au).first()
        campagne = campagne or CampagneDeFacturation(regie=la_regie, du=du, au=au)
        if campagne.pk is None:
            try:
                campagne.full_clean()
            except ValidationError as refus:
                raise CommandError(" ".join(refus.messages)) from None
        if apercu:
            self._montrer(apercevoir(campagne, au=timezone.localdate(), progression=self._avancer))
            return
        if campagne.pk is None:
            campagne.save()
        self._emettre(campagne)

    def _emettre(self, campagne: CampagneDeFacturation) -> None:
        deja = campagne.est_emise
        try:
            campagne = Emission(campagne, le=timezone.localdate(), par=None).emettre(self._avancer)
        except EmissionImpossible as refus:
            raise CommandError(str(refus)) from refus
        total = sum(campagne.factures.values_list("montant", flat=True))
        emises = pluriel(campagne.factures.count(), "facture")
        quand = "déjà émise" if deja else "émise"
        self.stdout.write(f"{campagne}\u00a0: campagne {quand}, {emises}, {euros(total)}.")

    def _avancer(self, faites: int, total: int) -> None:
        plein = LARGEUR * faites // max(total, 1)
        barre = "█" * plein + "·" * (LARGEUR - plein)
        self.stderr.write(f"\r{barre} {nombre(faites)} / {nombre(total)}", ending="" if faites < total else "\n")

    def _montrer(self, apercu: Apercu) -> None:
        for anomalie in apercu.anomalies:
            self.stdout.write(f"! {anomalie.titre} ({anomalie.nombre})")
            for exemple in anomalie.exemples:
                self.stdout.write(f"    {exemple}")
        for nom, montant in apercu.par_prestation:
            self.stdout.write(f"  {nom}\u00a0: {euros(montant)}")
        self.stdout.write(f"{pluriel(apercu.factures, 'facture')}, {euros(apercu.montant)}.")
        if apercu.avoirs:
            self.stdout.write(f"{pluriel(apercu.avoirs, 'avoir')}, {euros(apercu.rendu)}.")
        if apercu.precedente:
            avant = pluriel(apercu.factures_avant, "facture")
            self.stdout.write(
                f"Campagne précédente, {apercu.precedente}\u00a0: {avant}, {euros(apercu.montant_avant)}."
            )
