"""The roll of a prestation on a day: who is expected, what was said of whom, saved in one go.

Two animateurs may call the same roll: what one changed since the other opened the page is kept, and told.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from functools import cached_property

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.forms import TimeField
from django.utils import timezone

import francais
from famille.models import Compte
from planning.erreurs import PointageImpossible, RefusPlanning
from planning.inscriptions.candidats import Candidat
from planning.journees.effectives import lire_journees
from planning.models import Inscription, Prestation, Reservation, lire_calendrier
from planning.regles.calendrier import Calendrier
from planning.regles.etats import ABSENCES_DECIDEES, OCCUPENT, Etat, Presence
from planning.regles.legende import Affichage, Faits, afficher

CHAMPS = ("presence", "arrivee", "depart")
HEURE = TimeField(required=False, error_messages={"invalid": "Écrivez l’heure ainsi\u00a0: 8:30."})


@dataclass(frozen=True, slots=True)
class Pointage:
    """What is noted of a child on that day."""

    presence: Presence = Presence.NON_POINTEE
    arrivee: time | None = None
    depart: time | None = None

    @classmethod
    def de(cls, reservation: Reservation | None) -> "Pointage":
        if reservation is None:
            return cls()
        return cls(Presence(reservation.presence), reservation.arrivee, reservation.depart)

    @classmethod
    def saisi(cls, presence: str, arrivee: str, depart: str) -> "Pointage":
        """As a form sends it. Raises ValidationError, PointageImpossible."""
        presence = Presence(presence) if presence in Presence.values else Presence.NON_POINTEE
        heures = HEURE.clean(arrivee.strip()), HEURE.clean(depart.strip())
        if any(heures) and presence == Presence.NON_POINTEE:
            presence = Presence.PRESENT
        pointage = cls(presence, *heures)
        pointage.verifier()
        return pointage

    @property
    def saisie(self) -> tuple[str, str, str]:
        """As a form shows it."""
        return str(self.presence), _hhmm(self.arrivee), _hhmm(self.depart)

    @property
    def code(self) -> str:
        """What the page showed: sent back with what was typed, to tell the two apart."""
        return "|".join(self.saisie)

    @property
    def libelle(self) -> str:
        """« Présent, arrivée à 8 h 30 »."""
        heures = [(" arrivée à", self.arrivee), (" départ à", self.depart)]
        return ",".join([self.presence.label, *(f"{mot} {francais.heure(h)}" for mot, h in heures if h)])

    def verifier(self) -> None:
        if (self.arrivee or self.depart) and self.presence == Presence.ABSENT:
            raise PointageImpossible("Un enfant absent n’a ni arrivée ni départ.")
        if self.arrivee and self.depart and self.depart <= self.arrivee:
            raise PointageImpossible("Le départ doit suivre l’arrivée.")


@dataclass
class LigneDAppel:
    """A child on the roll, as the page shows it. `saisie`: the three fields; `erreur`: why they were not saved."""

    inscription: Inscription
    reservation: Reservation | None
    etat: Etat
    pointage: Pointage
    affichage: Affichage
    saisie: tuple[str, str, str]
    avant: str
    erreur: str = ""

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
        return bool(self.pointage.presence) or self.etat not in {Etat.AUCUN, Etat.REFUSEE}

    @property
    def est_attendue(self) -> bool:
        return self.etat in OCCUPENT and self.etat not in ABSENCES_DECIDEES

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
            .order_by("enfant__nom", "enfant__prenom", "pk")
        ]
        return [ligne for ligne in lignes if ligne.est_a_montrer or ligne.cle in self.aussi]

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
                ligne.erreur = _erreur(ligne.saisie)
        return not any(ligne.erreur for ligne in self.lignes)

    def _reservations(self) -> dict[int, Reservation]:
        """The rows of the day by inscription, each knowing whether it is an error."""
        du_jour = Reservation.objects.filter(prestation=self.prestation, jour=self.jour)
        erreurs = Exists(Reservation.objects.en_erreur().filter(pk=OuterRef("pk")))
        lues = du_jour.annotate(en_erreur=erreurs).select_related("pointee_par")
        return {reservation.inscription_id: reservation for reservation in lues.order_by()}

    def _ligne(self, inscription: Inscription, etat: Etat, reservation: Reservation | None) -> LigneDAppel:
        inscription.prestation = self.prestation
        pointage = Pointage.de(reservation)
        faits = replace(
            self.faits,
            inscrit=not inscription.a_regulariser,
            chevauche=reservation is not None and reservation.en_erreur,
            hors_horaire=self.prestation.regles.est_hors_horaire(pointage.arrivee, pointage.depart),
        )
        affichage = afficher(etat, pointage.presence, faits)
        return LigneDAppel(inscription, reservation, etat, pointage, affichage, pointage.saisie, pointage.code)


class Enregistrement:
    """What an animateur sends back: saved in one transaction, child by child in the order that the locks want."""

    def __init__(self, appel: Appel, *, par: Compte) -> None:
        self.appel, self.par = appel, par
        self.presents = self.absents = self.effaces = self.ajoutes = 0
        self.ecartes: list[str] = []

    @transaction.atomic
    def faire(self, ajouts: Iterable[Candidat]) -> None:
        changees = [ligne for ligne in self.appel.lignes if Pointage.saisi(*ligne.saisie).code != ligne.avant]
        a_faire: list[tuple[int, LigneDAppel | Candidat]]
        a_faire = [(ligne.inscription.enfant_id, ligne) for ligne in changees]
        a_faire += [(candidat.enfant.pk, candidat) for candidat in ajouts]
        for _, objet in sorted(a_faire, key=lambda couple: couple[0]):
            try:
                self._ajouter(objet) if isinstance(objet, Candidat) else self._pointer(objet)
            except RefusPlanning as refus:
                enfant = objet.enfant if isinstance(objet, Candidat) else objet.inscription.enfant
                self.ecartes.append(f"{enfant}\u00a0: {refus}")

    @property
    def bilan(self) -> str:
        """« 12 présents, 1 absent, 1 enfant ajouté », or nothing."""
        comptes = [
            (self.presents, "présent", "présents"),
            (self.absents, "absent", "absents"),
            (self.effaces, "pointage effacé", "pointages effacés"),
            (self.ajoutes, "enfant ajouté", "enfants ajoutés"),
        ]
        return ", ".join(francais.pluriel(n, un, plusieurs) for n, un, plusieurs in comptes if n)

    def _pointer(self, ligne: LigneDAppel) -> None:
        voulu = Pointage.saisi(*ligne.saisie)
        ligne.inscription.verrouiller()
        journee = ligne.inscription.journee(self.appel.jour)
        actuel = Pointage.de(journee)
        if actuel == voulu:
            return
        if actuel.code != ligne.avant:
            self.ecartes.append(_conflit(journee, voulu))
            return
        if voulu.presence != Presence.PRESENT and ligne.inscription.a_regulariser:
            ligne.inscription.annuler_accueil(par=self.par)
        else:
            journee.pointer(voulu.presence, arrivee=voulu.arrivee, depart=voulu.depart, par=self.par)
        self._compter(voulu.presence)

    def _ajouter(self, candidat: Candidat) -> None:
        inscription = Inscription.objects.accueillir(
            candidat.enfant, self.appel.prestation, candidat.famille, self.appel.jour, par=self.par
        )
        journee = inscription.journee(self.appel.jour)
        if not journee.est_presente:
            journee.pointer(Presence.PRESENT, par=self.par)
            self.ajoutes += 1

    def _compter(self, presence: Presence) -> None:
        self.presents += presence == Presence.PRESENT
        self.absents += presence == Presence.ABSENT
        self.effaces += presence == Presence.NON_POINTEE


def _conflit(journee: Reservation, voulu: Pointage) -> str:
    heure = francais.heure(timezone.localtime(journee.pointee_le).time()) if journee.pointee_le else ""
    auteur = journee.pointee_par or "un autre agent"
    return (
        f"{journee.inscription.enfant}\u00a0: pendant que vous notiez «\u00a0{voulu.libelle}\u00a0», {auteur} a noté "
        f"«\u00a0{Pointage.de(journee).libelle}\u00a0»{f' à {heure}' if heure else ''}. Sa saisie est gardée."
    )


def _erreur(saisie: tuple[str, str, str]) -> str:
    try:
        Pointage.saisi(*saisie)
    except (ValidationError, PointageImpossible) as refus:
        return refus.messages[0] if isinstance(refus, ValidationError) else refus.phrase
    return ""


def _hhmm(heure: time | None) -> str:
    return f"{heure:%H:%M}" if heure else ""
