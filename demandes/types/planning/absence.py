"""« Déclaration d’absence »: excused or billed, day by day."""

from datetime import date, datetime

from django import forms
from django.utils import timezone

import francais
from demandes.erreurs import NeTientPlus
from demandes.genre.demande_deposee import DemandeDeposee
from demandes.genre.parts import REFUSER, Option
from demandes.types.planning.absence_facturee import EXCUSER, FACTURER, choix_par_defaut
from demandes.types.planning.acteur import acteur
from demandes.types.planning.jours_voulus import JourVoulu
from demandes.types.planning.type_planning import TypePlanning
from famille.models import Compte
from planning.models import Inscription, Reservation
from planning.regles.calendrier import Calendrier
from planning.regles.etats import EN_ATTENTE, Etat
from planning.regles.refus import ReglesDuJour

# The state of an absence, by what was chosen of it.
DEVIENT = {EXCUSER: Etat.ABSENT_EXCUSE, FACTURER: Etat.ABSENT_FACTURE}


class DeclarationAbsence(TypePlanning):
    """« Déclaration d’absence »: excused if it was declared in time, billed if not, unless the agent says otherwise."""

    code, titre, court = "absence", "Déclaration d’absence", "Absences"
    rang = 1
    pieces_attendues = "Joignez un justificatif si vous en avez un (certificat médical, convocation…)."
    titre_des_parts, titre_du_total = "Jours d’absence", "Ce qui sera facturé"
    options = (EXCUSER, FACTURER, REFUSER)
    # An illness, most often: its reason is no more to be read in a dump than a health record is.
    secrets, lu_au_journal = frozenset({"raison"}), True

    raison = forms.CharField(label="Raison de l’absence", max_length=300)

    @classmethod
    def echeance(cls, regles: ReglesDuJour, jour: date) -> datetime:
        return regles.echeance_absence(jour)

    def demander(self, inscription: Inscription, jours: list[date], demande: DemandeDeposee) -> None:
        inscription.demander_absence(jours, motif=self.cleaned_data["raison"], par=acteur(demande.deposee_par))

    def accepter_jour(self, journee: Reservation, demande: DemandeDeposee, choix: str) -> None:
        if journee.etat not in EN_ATTENTE:
            raise NeTientPlus(f"Le {francais.jour_et_mois(journee.jour)} n’attend plus de décision\u00a0: refusez-le.")
        if (choix or self.defaut(journee, demande).code) == FACTURER.code:
            journee.facturer_absence(par=acteur(demande.decision.par))
        else:
            journee.excuser(par=acteur(demande.decision.par))

    def refuser_jour(self, journee: Reservation, motif: str, par: Compte) -> None:
        journee.refuser_absence(motif[:500], par=par)

    def defaut(self, journee: Reservation, demande: DemandeDeposee) -> Option:
        regles = journee.inscription.regles_du_jour(self.planning.calendrier([journee.jour]))
        return choix_par_defaut(declaree_le=demande.deposee_le, echeance=self.echeance(regles, journee.jour))

    def examiner_jours(self, inscription: Inscription, jours: list[date], calendrier: Calendrier) -> list[JourVoulu]:
        regles, maintenant = inscription.regles_du_jour(calendrier), timezone.now()
        return [
            JourVoulu(
                inscription,
                journee.jour,
                str(regles.refus_d_absence(journee.jour, Etat(journee.etat)) or ""),
                devient=DEVIENT[choix_par_defaut(declaree_le=maintenant, echeance=self.echeance(regles, journee.jour))],
            )
            for journee in inscription.journees(jours, calendrier)
        ]

    def etat_accepte(self, journee: Reservation, demande: DemandeDeposee) -> Etat:
        return DEVIENT[self.defaut(journee, demande)]
