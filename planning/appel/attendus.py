"""Who is expected at the roll of one or several prestations on a day, and what was said of each child."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property

from django.utils import timezone

import francais
from famille.models import Compte
from famille.noms import par_nom
from planning.appel.groupes import est_du_groupe, groupes
from planning.appel.renseignements import Renseignements, renseigner
from planning.appel.saisie import Saisie, code, ecrire, pourquoi_refuser
from planning.inscriptions.candidats import Candidat
from planning.journees.lecture import lire_journees
from planning.models import AppelTermine, Inscription, Prestation, Reservation, lire_calendrier
from planning.regles.affichage import Affichage, afficher
from planning.regles.calendrier import Calendrier, Faits
from planning.regles.etats import ABSENCES_DECIDEES, OCCUPENT, SANS_RESERVATION, Etat, Presence
from planning.regles.pointage import Pointage

# Longer than a network is cut: a tablet left in a drawer since then does not say when a child came.
ATTENTE_MAX = timedelta(days=7)


@dataclass
class LigneDAppel:
    """A child on the roll, as the page shows it. `saisie`: the three fields; `erreur`: why they were not saved.

    `notee_le`: when it was seen, if it is told later.
    """

    inscription: Inscription
    reservation: Reservation | None
    etat: Etat
    pointage: Pointage
    affichage: Affichage
    saisie: Saisie
    avant: str
    erreur: str = ""
    jour_ferme: bool = False
    est_terminee: bool = False
    notee_le: datetime | None = None
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
    """Prestations of one structure on a day. Six queries to read, whatever the number of children.

    `groupe`: only those of a class, or of an age (`groupes`).
    `aussi`: inscriptions that a page showed, and that are listed again even if nobody expects them any more.
    """

    def __init__(
        self, prestations: Sequence[Prestation], jour: date, *, groupe: str = "", aussi: Iterable[int] = ()
    ) -> None:
        self.prestations = {prestation.pk: prestation for prestation in prestations}
        self.jour, self.groupe, self.aussi = jour, groupe, set(aussi)

    @cached_property
    def calendrier(self) -> Calendrier:
        return lire_calendrier(self.jour, self.jour)

    @cached_property
    def faits(self) -> dict[int, Faits]:
        """By prestation."""
        return {
            une.pk: self.calendrier.faits(self.jour, une.structure_id, une.ouverture)
            for une in self.prestations.values()
        }

    @property
    def pourquoi_ferme(self) -> str:
        """Nothing, if one of them receives children on that day."""
        raisons = [
            self.calendrier.pourquoi_ferme(self.jour, une.structure_id, une.ouverture) or ""
            for une in self.prestations.values()
        ]
        return raisons[0] if raisons and all(raisons) else ""

    @cached_property
    def fins(self) -> list[AppelTermine]:
        """Each time that one of these rolls was ended, opened again or not: the first first."""
        fins = AppelTermine.objects.filter(prestation__in=self.prestations, jour=self.jour)
        return list(fins.select_related("par", "rouvert_par").order_by("le"))

    @cached_property
    def termines(self) -> dict[int, AppelTermine]:
        """By prestation, those that are done with."""
        return {fin.prestation_id: fin for fin in self.fins if fin.rouvert_le is None}

    @property
    def est_a_venir(self) -> bool:
        return self.jour > timezone.localdate()

    @cached_property
    def lignes(self) -> list[LigneDAppel]:
        """Those of the group, and those that a page showed."""
        return [
            ligne
            for ligne in self._toutes
            if ligne.cle in self.aussi or est_du_groupe(ligne.inscription.enfant, self.groupe, self.jour)
        ]

    @property
    def groupes(self) -> list[tuple[str, str]]:
        """Into which the children of that day may be parted."""
        return groupes([ligne.inscription.enfant for ligne in self._toutes], self.jour)

    @cached_property
    def _toutes(self) -> list[LigneDAppel]:
        """By name. Those whose request was refused, or whom nobody booked, only if they came."""
        etats = {
            journee.inscription: journee.etat
            for journee in lire_journees({cle: [self.jour] for cle in self.prestations})
            if journee.reservation or self.faits[journee.prestation].accueille
        }
        rangees = self._reservations()
        inscriptions = Inscription.objects.en_vigueur(self.jour).filter(prestation__in=self.prestations)
        lignes = [
            self._ligne(inscription, etats.get(inscription.pk, Etat.AUCUN), rangees.get(inscription.pk))
            for inscription in inscriptions.filter(pk__in=self.aussi | etats.keys())
            .select_related("enfant__ecole", "famille")
            .order_by(*par_nom("enfant__"), "enfant", "prestation__ordre", "pk")
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
        """Put what was typed into the lines. Whether all of it can be saved.

        `le-…`: when it was tapped, if the network was cut meanwhile.
        """
        for ligne in self.lignes:
            if f"avant-{ligne.cle}" in envoi:
                ligne.saisie = (
                    envoi.get(f"presence-{ligne.cle}", ""),
                    envoi.get(f"arrivee-{ligne.cle}", ""),
                    envoi.get(f"depart-{ligne.cle}", ""),
                )
                ligne.avant = envoi[f"avant-{ligne.cle}"]
                ligne.erreur = pourquoi_refuser(ligne.saisie)
                ligne.notee_le = _quand(envoi.get(f"le-{ligne.cle}", ""))
        return not any(ligne.erreur for ligne in self.lignes)

    def _reservations(self) -> dict[int, Reservation]:
        """The rows of the day by inscription, each knowing whether it is an error."""
        du_jour = Reservation.objects.filter(prestation__in=self.prestations, jour=self.jour)
        lues = du_jour.avec_erreur().select_related("pointee_par")
        return {reservation.inscription_id: reservation for reservation in lues.order_by()}

    def _ligne(self, inscription: Inscription, etat: Etat, reservation: Reservation | None) -> LigneDAppel:
        inscription.prestation = self.prestations[inscription.prestation_id]
        pointage = reservation.pointage if reservation else Pointage()
        faits = replace(
            self.faits[inscription.prestation_id],
            inscrit=not inscription.a_regulariser,
            chevauche=reservation is not None and reservation.est_en_erreur,
            hors_horaire=inscription.prestation.horaires.sont_depasses(pointage.arrivee, pointage.depart),
        )
        affichage = afficher(etat, pointage.presence, faits)
        ferme = not faits.accueille
        return LigneDAppel(
            inscription,
            reservation,
            etat,
            pointage,
            affichage,
            ecrire(pointage),
            code(pointage),
            jour_ferme=ferme,
            est_terminee=inscription.prestation_id in self.termines,
        )


def _quand(secondes: str) -> datetime | None:
    """Seconds since 1970. Nothing if it says nothing that one may believe: it is noted now."""
    if not secondes.isdecimal() or len(secondes) > 11:
        return None
    le = datetime.fromtimestamp(int(secondes), UTC)
    return le if timedelta() <= timezone.now() - le <= ATTENTE_MAX else None
