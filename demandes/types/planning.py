"""« Demande de réservation » and « Déclaration d’absence »."""

from __future__ import annotations

from datetime import date, datetime
from itertools import combinations
from typing import TYPE_CHECKING

from django import forms

import francais
from demandes.erreurs import NeTientPlus
from famille.models import Compte
from planning.erreurs import RefusPlanning
from planning.models import Inscription, Prestation, Reservation
from planning.models.prise_de_places import refuser_si_attendu_ailleurs
from planning.regles.calendrier import Calendrier
from planning.regles.etats import EN_ATTENTE, Etat
from planning.regles.regles_du_jour import ReglesDuJour

from .base import REFUSER, Option
from .jours import JourVoulu, TypePlanning

if TYPE_CHECKING:
    from demandes.models import Demande


class DemandeReservation(TypePlanning):
    """« Demande de réservation »: the days hold their place at once, and wait for an agent."""

    code, titre, court = "reservation", "Demande de réservation", "Réservations"
    options = (Option("accepter", "Accepter"), REFUSER)

    def deposer(self, demande: Demande) -> None:
        self._refuser_ce_qui_se_chevauche()
        super().deposer(demande)

    def demander(self, inscription: Inscription, jours: list[date], demande: Demande) -> None:
        inscription.demander(jours, par=demande.deposee_par)

    def validation_automatique(self, demande: Demande) -> bool:
        """If all the prestations decide at once; one that does not, and an agent sees it all."""
        return all(i.prestation.est_automatique for i, _ in self._par_inscription(demande.donnees["jours"]))

    def accepter_jour(self, journee: Reservation, demande: Demande, choix: str) -> None:
        regles = journee.inscription.regles_du_jour(self._calendrier([journee.jour]), pour_agent=True)
        if refus := regles.refus_de_reserver(journee.jour, Etat.AUCUN):
            raise NeTientPlus(f"{refus} Refusez ce jour, ou toute la demande.")
        journee.confirmer(par=demande.decision.par or demande.deposee_par)

    def refuser_jour(self, journee: Reservation, motif: str, par: Compte) -> None:
        journee.refuser(motif[:500], par=par)

    def _examiner(self, inscription: Inscription, jours: list[date], calendrier: Calendrier) -> list[JourVoulu]:
        regles = inscription.regles_du_jour(calendrier)
        ailleurs = self._attendu_ailleurs(inscription, jours, calendrier)
        restantes = inscription.prestation.places_restantes(jours)
        voulus = []
        for journee in inscription.journees(jours, calendrier):
            refus = str(regles.refus_de_reserver(journee.jour, Etat(journee.etat)) or ailleurs.get(journee.jour, ""))
            if not refus and restantes[journee.jour] == 0:
                refus = f"Il n’y a plus de place le {francais.jour_et_mois(journee.jour)}."
            voulus.append(JourVoulu(inscription, journee.jour, refus))
        return voulus

    def _refuser_ce_qui_se_chevauche(self) -> None:
        """Raises NeTientPlus if two of the activities asked for have the same hours, on a day that both want."""
        for (ici, jours), (la, autres) in combinations(self._par_inscription(self.cleaned_data["jours"]), 2):
            communs = sorted(set(jours) & set(autres))
            if communs and _se_chevauchent(ici.prestation, la.prestation):
                raise NeTientPlus(
                    f"«\u00a0{ici.prestation.nom}\u00a0» et «\u00a0{la.prestation.nom}\u00a0» se chevauchent le "
                    f"{francais.jour_et_mois(communs[0])}\u00a0: ne gardez que l’une des deux."
                )

    def _attendu_ailleurs(self, inscription: Inscription, jours: list[date], calendrier: Calendrier) -> dict[date, str]:
        """Why the child cannot come on some of those days. Day by day only if there is something to say."""
        phrases: dict[date, str] = {}
        try:
            refuser_si_attendu_ailleurs(inscription, jours, calendrier)
        except RefusPlanning:
            for jour in jours:
                try:
                    refuser_si_attendu_ailleurs(inscription, [jour], calendrier)
                except RefusPlanning as refus:
                    phrases[jour] = str(refus)
        return phrases


class DeclarationAbsence(TypePlanning):
    """« Déclaration d’absence »: excused if it was declared in time, billed if not, unless the agent says otherwise."""

    code, titre, court = "absence", "Déclaration d’absence", "Absences"
    pieces_attendues = "Joignez un justificatif si vous en avez un (certificat médical, convocation…)."
    titre_des_parts = "Jours d’absence"
    options = (Option("excuser", "Excuser"), Option("facturer", "Facturer"), REFUSER)

    raison = forms.CharField(label="Raison de l’absence", max_length=300)

    @classmethod
    def echeance(cls, regles: ReglesDuJour, jour: date) -> datetime:
        return regles.echeance_absence(jour)

    def demander(self, inscription: Inscription, jours: list[date], demande: Demande) -> None:
        inscription.demander_absence(jours, motif=self.cleaned_data["raison"], par=demande.deposee_par)

    def accepter_jour(self, journee: Reservation, demande: Demande, choix: str) -> None:
        if journee.etat not in EN_ATTENTE:
            raise NeTientPlus(f"Le {francais.jour_et_mois(journee.jour)} n’attend plus de décision\u00a0: refusez-le.")
        if (choix or self.defaut(journee, demande)) == "facturer":
            journee.facturer_absence(par=demande.decision.par)
        else:
            journee.excuser(par=demande.decision.par)

    def refuser_jour(self, journee: Reservation, motif: str, par: Compte) -> None:
        journee.refuser_absence(motif[:500], par=par)

    def defaut(self, journee: Reservation, demande: Demande) -> str:
        regles = journee.inscription.regles_du_jour(self._calendrier([journee.jour]))
        return "facturer" if demande.deposee_le >= self.echeance(regles, journee.jour) else "excuser"

    def _examiner(self, inscription: Inscription, jours: list[date], calendrier: Calendrier) -> list[JourVoulu]:
        regles = inscription.regles_du_jour(calendrier)
        return [
            JourVoulu(inscription, journee.jour, str(regles.refus_d_absence(journee.jour, Etat(journee.etat)) or ""))
            for journee in inscription.journees(jours, calendrier)
        ]


def _se_chevauchent(une: Prestation, autre: Prestation) -> bool:
    return une.heure_debut < autre.heure_fin and autre.heure_debut < une.heure_fin
