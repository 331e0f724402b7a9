"""« Demande de réservation »: days that hold their place at once, and wait for an agent."""

from collections.abc import Iterable
from datetime import date
from itertools import combinations

from django.utils import timezone

import francais
from demandes.erreurs import NeTientPlus
from demandes.genre.demande_deposee import DemandeDeposee
from demandes.genre.parts import REFUSER, SANS_REPONSE, Option
from demandes.types.planning.acteur import acteur
from demandes.types.planning.jours_voulus import JourVoulu
from demandes.types.planning.places import depassement, note_de_places
from demandes.types.planning.type_planning import TypePlanning
from famille.models import Compte
from planning.erreurs import DossierIncomplet
from planning.models import Inscription, Reservation
from planning.places.restantes import effectifs
from planning.regles.calendrier import Calendrier
from planning.regles.etats import Etat
from planning.regles.refus import attendu_ailleurs


class DemandeReservation(TypePlanning):
    """« Demande de réservation »: the days hold their place at once, and wait for an agent."""

    code, titre, court = "reservation", "Demande de réservation", "Réservations"
    options = (Option("accepter", "Accepter"), REFUSER)
    expire = prend_des_places = True

    def deposer(self, demande: DemandeDeposee) -> None:
        self._refuser_ce_qui_se_chevauche()
        super().deposer(demande)

    def demander(self, inscription: Inscription, jours: list[date], demande: DemandeDeposee) -> None:
        inscription.demander(jours, par=acteur(demande.deposee_par))

    def validation_automatique(self, demande: DemandeDeposee) -> bool:
        """If all the prestations decide at once; one that does not, and an agent sees it all."""
        return all(i.prestation.est_automatique for i, _ in self.planning.par_inscription(demande.donnees["jours"]))

    def accepter_jour(self, journee: Reservation, demande: DemandeDeposee, choix: str) -> None:
        regles = journee.inscription.regles_du_jour(self.planning.calendrier([journee.jour]), pour_agent=True)
        if refus := regles.refus_de_reserver(journee.jour, Etat.AUCUN):
            raise NeTientPlus(f"{refus} Refusez ce jour, ou toute la demande.")
        journee.confirmer(par=acteur(demande.decision.par, demande.deposee_par))

    def refuser_jour(self, journee: Reservation, motif: str, par: Compte) -> None:
        journee.refuser(motif[:500], par=par)

    def expirer(self, demande: DemandeDeposee, jour: date) -> list[str]:
        """The days that have begun by `jour`, and that nobody has decided: asked before, or on a day that is over."""
        depose_avant = timezone.localdate(demande.deposee_le) < jour
        perdus = {
            code: journee
            for code, journee in self._journees(demande).items()
            if journee.est_en_attente and journee.jour <= jour and depose_avant
        }
        for journee in perdus.values():
            journee.expirer(SANS_REPONSE)
        return list(perdus)

    def attend_encore(self, demande: DemandeDeposee) -> bool:
        return any(journee.est_en_attente for journee in self._journees(demande).values())

    def parts_expirees(self, demande: DemandeDeposee) -> set[str]:
        premier = min(jour for _, jour in self.jours_concernes(demande))
        if premier > timezone.localdate():
            return set()
        refusees = {code: jour for code, jour in self._journees(demande).items() if jour.etat == Etat.REFUSEE}
        # A day of a request that waits is refused by nobody else than time; once it is decided, the motif tells.
        return {code for code, jour in refusees.items() if demande.est_en_attente or jour.motif == SANS_REPONSE}

    def examiner_jours(self, inscription: Inscription, jours: list[date], calendrier: Calendrier) -> list[JourVoulu]:
        regles = inscription.regles_du_jour(calendrier)
        ailleurs = inscription.jours_pris_ailleurs(jours)
        restantes = inscription.prestation.places_restantes(jours)
        voulus = []
        for journee in inscription.journees(jours, calendrier):
            refus = str(regles.refus_de_reserver(journee.jour, Etat(journee.etat)) or "")
            if not refus and journee.jour in ailleurs:
                refus = str(attendu_ailleurs(journee.jour))
            elif not refus and restantes[journee.jour] == 0:
                refus = f"Il n’y a plus de place le {francais.jour_et_mois(journee.jour)}."
            voulus.append(JourVoulu(inscription, journee.jour, refus))
        return voulus

    @property
    def a_faire_d_abord(self) -> DossierIncomplet | None:
        refus = (voulu.inscription.manques.refus(pour_agent=False) for voulu in self.voulus)
        return next(filter(None, refus), None)

    def notes_de_places(self, inscription: Inscription, journees: list[Reservation]) -> dict[date, str]:
        prestation = inscription.prestation_id
        comptes = effectifs({prestation: [journee.jour for journee in journees]})
        return {
            journee.jour: note_de_places(comptes[prestation, journee.jour], tenue=journee.occupe_une_place)
            for journee in journees
        }

    def a_confirmer(self, demande: DemandeDeposee, sauf: Iterable[str]) -> list[str]:
        gardes = set(demande.donnees["jours"]) - set(sauf)
        trop_pleins = []
        for inscription, jours in self.planning.par_inscription(gardes):
            prestation = inscription.prestation
            comptes = effectifs({prestation.pk: jours})
            debordes = [jour for jour in jours if comptes[prestation.pk, jour].deborde]
            trop_pleins += [depassement(comptes[prestation.pk, jour], jour, prestation.nom) for jour in debordes]
        return trop_pleins

    def _refuser_ce_qui_se_chevauche(self) -> None:
        """Raises NeTientPlus if two of the activities asked for have the same hours, on a day that both want."""
        for (ici, jours), (la, autres) in combinations(self.planning.par_inscription(self.cleaned_data["jours"]), 2):
            communs = sorted(set(jours) & set(autres))
            if communs and ici.prestation.horaires.chevauchent(la.prestation.horaires):
                raise NeTientPlus(
                    f"«\u00a0{ici.prestation.nom}\u00a0» et «\u00a0{la.prestation.nom}\u00a0» se chevauchent le "
                    f"{francais.jour_et_mois(communs[0])}\u00a0: ne gardez que l’une des deux."
                )
