"""Who is expected at the roll of a prestation on a day, and what was said of each child."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from django.utils import timezone

import francais
from famille.models import Compte
from famille.noms import par_nom
from planning.appel.renseignements import Renseignements, renseigner
from planning.appel.saisie import Saisie, code, ecrire, pourquoi_refuser
from planning.inscriptions.candidats import Candidat
from planning.journees.lecture import lire_journees
from planning.models import Inscription, Prestation, Reservation, lire_calendrier
from planning.regles.affichage import Affichage, afficher
from planning.regles.calendrier import Calendrier, Faits
from planning.regles.etats import ABSENCES_DECIDEES, OCCUPENT, SANS_RESERVATION, Etat, Presence
from planning.regles.pointage import Pointage


@dataclass
class LigneDAppel:
    """A child on the roll, as the page shows it. `saisie`: the three fields; `erreur`: why they were not saved."""

    inscription: Inscription
    reservation: Reservation | None
    etat: Etat
    pointage: Pointage
    affichage: Affichage
    saisie: Saisie
    avant: str
    erreur: str = ""
    jour_ferme: bool = False
    renseignements: Renseignements = field(default_factory=Renseignements)

    @property
    def cle(self) -> int:
        return self.inscription.pk

    @property
    def nom(self) -> str:
        """« DUPONT Léa », as a roll is called."""
        return f"{self.inscription.enfant.nom} {self.inscription.enfant.prenom}"

    @property
    def ou(self) -> str:
        return Candidat(self.inscription.enfant, self.inscription.famille).ou

    @property
    def est_a_montrer(self) -> bool:
        return bool(self.pointage.presence) or self.etat not in SANS_RESERVATION | {Etat.REFUSEE}

    @property
    def est_attendue(self) -> bool:
        return self.etat in OCCUPENT and self.etat not in ABSENCES_DECIDEES and not self.jour_ferme

    @property
    def presence(self) -> str:
        return self.saisie[0]

    @property
    def arrivee(self) -> str:
        return self.saisie[1]

    @property
    def depart(self) -> str:
        return self.saisie[2]

    @property
    def par_qui(self) -> str:
        """« Ali MAIRIE, 9 h 02 »."""
        if self.reservation is None or self.reservation.pointee_le is None:
            return ""
        heure = francais.heure(timezone.localtime(self.reservation.pointee_le).time())
        return f"{self.reservation.pointee_par}, {heure}" if self.reservation.pointee_par else heure


class Appel:
    """A prestation on a day. Five queries to read, whatever the number of children.

    `aussi`: inscriptions that a page showed, and that are listed again even if nobody expects them any more.
    """

    def __init__(self, prestation: Prestation, jour: date, *, aussi: Iterable[int] = ()) -> None:
        self.prestation, self.jour, self.aussi = prestation, jour, set(aussi)

    @cached_property
    def calendrier(self) -> Calendrier:
        return lire_calendrier(self.jour, self.jour)

    @property
    def faits(self) -> Faits:
        return self.calendrier.faits(self.jour, self.prestation.structure_id, self.prestation.ouverture)

    @property
    def pourquoi_ferme(self) -> str:
        return self.calendrier.pourquoi_ferme(self.jour, self.prestation.structure_id, self.prestation.ouverture) or ""

    @property
    def est_a_venir(self) -> bool:
        return self.jour > timezone.localdate()

    @cached_property
    def lignes(self) -> list[LigneDAppel]:
        """By name. Those whose request was refused, or whom nobody booked, only if they came."""
        etats = {
            journee.inscription: journee.etat
            for journee in lire_journees({self.prestation.pk: [self.jour]})
            if journee.reservation or self.faits.accueille
        }
        rangees = self._reservations()
        inscriptions = Inscription.objects.en_vigueur(self.jour).filter(prestation=self.prestation)
        lignes = [
            self._ligne(inscription, etats.get(inscription.pk, Etat.AUCUN), rangees.get(inscription.pk))
            for inscription in inscriptions.filter(pk__in=self.aussi | etats.keys())
            .select_related("enfant__ecole", "famille")
            .order_by(*par_nom("enfant__"), "pk")
        ]
        return [ligne for ligne in lignes if ligne.est_a_montrer or ligne.cle in self.aussi]

    def renseigner(self, *, pour: Compte) -> None:
        """Each line learns what this agent may know of its child. Readings of health are noted."""
        connus = renseigner([ligne.inscription.enfant for ligne in self.lignes], pour=pour)
        for ligne in self.lignes:
            ligne.renseignements = connus[ligne.inscription.enfant_id]

    @property
    def attendus(self) -> int:
        return sum(ligne.est_attendue for ligne in self.lignes)

    def compter(self, presence: Presence) -> int:
        return sum(ligne.pointage.presence == presence for ligne in self.lignes)

    def lire(self, envoi: Mapping[str, str]) -> bool:
        """Put what was typed into the lines. Whether all of it can be saved."""
        for ligne in self.lignes:
            if f"avant-{ligne.cle}" in envoi:
                ligne.saisie = (
                    envoi.get(f"presence-{ligne.cle}", ""),
                    envoi.get(f"arrivee-{ligne.cle}", ""),
                    envoi.get(f"depart-{ligne.cle}", ""),
                )
                ligne.avant = envoi[f"avant-{ligne.cle}"]
                ligne.erreur = pourquoi_refuser(ligne.saisie)
        return not any(ligne.erreur for ligne in self.lignes)

    def _reservations(self) -> dict[int, Reservation]:
        """The rows of the day by inscription, each knowing whether it is an error."""
        du_jour = Reservation.objects.filter(prestation=self.prestation, jour=self.jour)
        lues = du_jour.avec_erreur().select_related("pointee_par")
        return {reservation.inscription_id: reservation for reservation in lues.order_by()}

    def _ligne(self, inscription: Inscription, etat: Etat, reservation: Reservation | None) -> LigneDAppel:
        inscription.prestation = self.prestation
        pointage = reservation.pointage if reservation else Pointage()
        faits = replace(
            self.faits,
            inscrit=not inscription.a_regulariser,
            chevauche=reservation is not None and reservation.est_en_erreur,
            hors_horaire=self.prestation.horaires.sont_depasses(pointage.arrivee, pointage.depart),
        )
        affichage = afficher(etat, pointage.presence, faits)
        ferme = not faits.accueille
        return LigneDAppel(
            inscription, reservation, etat, pointage, affichage, ecrire(pointage), code(pointage), jour_ferme=ferme
        )
