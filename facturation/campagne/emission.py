"""The issue of a campaign: lot by lot, resumed where it stopped, and never done twice."""

import gc
from datetime import date
from functools import partial

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from facturation.campagne.creance import Creance
from facturation.campagne.decompte import Decompte, Progression
from facturation.campagne.lot_de_factures import LotDeFactures
from facturation.campagne.redaction import Redaction
from facturation.erreurs import EmissionImpossible
from facturation.models import CampagneDeFacturation, Facture, Ligne
from facturation.papiers.taches import relier_campagne
from famille.models import Compte, Famille
from francais import date_courte
from planning.journees.journee import Journee
from socle.ouvrier.memoire import sans_ramasse_miettes
from socle.verrous import verrouiller_toutes


class Emission:
    """The issue of a campaign. Each lot is one transaction: stopped anywhere, it resumes where it was."""

    def __init__(self, campagne: CampagneDeFacturation, *, le: date, par: Compte | None) -> None:
        self.campagne, self.le, self.par = campagne, le, par
        self.decompte = Decompte(campagne, au=le)

    def emettre(self, progression: Progression | None = None) -> CampagneDeFacturation:
        """Issue what is not yet. Done twice, it changes nothing. Raises EmissionImpossible before the period's end."""
        if self.campagne.est_emise:
            return self.campagne
        if self.campagne.au >= self.le:
            jusqu_au = date_courte(self.campagne.au)
            raise EmissionImpossible(f"La période court jusqu’au {jusqu_au}\u00a0: attendez sa fin.")
        self._commencer()
        with sans_ramasse_miettes():
            for lot in self.decompte.paquets(apres=self.campagne.derniere_famille):
                self._avancer(lot)
                gc.collect()
                if progression:
                    progression(*self._avancement)
        self._terminer()
        if progression:
            progression(*self._avancement)
        return self.campagne

    def _commencer(self) -> None:
        if self.campagne.familles_a_traiter is None:
            self.campagne.familles_a_traiter = self.decompte.compter_familles()
            self.campagne.date = self.le
            self.campagne.par = self.par
            # Whatever moves from now on, the whole campaign, and whoever reads it again, goes by those.
            self.campagne.regles = self.decompte.regles.en_json()
            self.campagne.save(update_fields=["familles_a_traiter", "date", "par", "regles"])

    @property
    def _avancement(self) -> tuple[int, int]:
        """Familles done, of how many: those who had been billed and have no inscription left were not counted."""
        faites = self.campagne.familles_traitees
        return faites, max(faites, self.campagne.familles_a_traiter or 0)

    @property
    def _date(self) -> date:
        """That of the first issue, for one that resumes."""
        return self.campagne.date or self.le

    @transaction.atomic
    def _avancer(self, lot: dict[int, list[Journee]]) -> None:
        """The papers of a lot and the mark of how far the campaign has come, together or not at all."""
        campagnes = CampagneDeFacturation.objects.select_for_update(of=("self",))
        campagne = self.campagne = campagnes.get(pk=self.campagne.pk)
        # Somebody else may be issuing the same campaign: whoever comes second finds the familles done.
        lot = {famille: journees for famille, journees in lot.items() if famille > campagne.derniere_famille}
        if lot:
            self._emettre(lot)
            campagne.derniere_famille = max(lot)
            campagne.familles_traitees += len(lot)
            campagne.save(update_fields=["derniere_famille", "familles_traitees"])

    def _emettre(self, lot: dict[int, list[Journee]]) -> None:
        """The avoirs of a lot, then its invoices: what the avoirs give back pays them."""
        campagne = self.campagne
        # Before reading what they were billed: an avoir established meanwhile would be given back twice.
        verrouiller_toutes(Famille.objects, list(lot))
        creances = self.decompte.compter(lot)
        redaction = Redaction.du_lot(creances, self.decompte.prestations)
        for creance in creances:
            self._rendre(creance, redaction.avoirs(creance))
        factures = LotDeFactures(
            regie=campagne.regie, du=campagne.du, au=campagne.au, le=self._date, par=self.par, campagne=campagne
        )
        factures.emettre(facture for creance in creances if (facture := redaction.facture(creance)))

    def _rendre(self, creance: Creance, par_facture: dict[int, list[Ligne]]) -> None:
        """One correction: several avoirs only where no invoice can bear it alone."""
        for pk, lignes in par_facture.items():
            Facture.objects.select_related("regie").get(pk=pk).corriger(
                lignes,
                motif="Régularisation",
                le=self._date,
                par=self.par,
                campagne=self.campagne,
                resident=creance.resident,
            )

    def _terminer(self) -> None:
        en_cours = CampagneDeFacturation.objects.filter(pk=self.campagne.pk, emise_le__isnull=True)
        en_cours.update(emise_le=timezone.now(), familles_a_traiter=F("familles_traitees"))
        self.campagne.refresh_from_db()
        # The queue may have drawn the last invoice already, when there was still one to come.
        transaction.on_commit(partial(relier_campagne.enqueue, self.campagne.pk))
