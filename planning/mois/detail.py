"""A day of a child, prestation by prestation, in words: what a cell's menu and the day's page say."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

import francais
from famille.models import Compte, Enfant, Famille
from planning.journees.effectives import effectifs
from planning.models import PlacesDuJour, Prestation, Reservation
from planning.models.inscription import InscriptionQuerySet
from planning.mois.agenda import FONDS
from planning.mois.complements import Fait, faits_du_jour
from planning.mois.enfant import Ligne as LigneDuMois
from planning.mois.enfant import MoisEnfant
from planning.mois.grille import Action, Case, LigneDeGrille
from planning.regles.delais import moment_dit
from planning.regles.etats import ACQUISES, OCCUPENT, Etat
from planning.regles.regles_du_jour import ReglesDuJour


@dataclass(frozen=True)
class Detail:
    """What a parent wants to know of a prestation on a day. `inscription`: for whom asks something.

    `ferme`: why nobody is received on that day, if there is nothing else to say of it.
    """

    cle: int
    inscription: int
    structure: str
    prestation: str
    responsable: str
    case: Case
    faits: list[tuple[str, str]]
    actions: tuple[Action, ...]
    ferme: str = ""

    @property
    def etat(self) -> str:
        """« Réservé, présent sur la journée réservée »."""
        libelle = self.case.affichage.libelle
        return "Rien de réservé" if self.case.est_vide else libelle[0].upper() + libelle[1:]


class JourEnfant(MoisEnfant):
    """A child's day, with all that its réservations say. Of the month's grid, only that day is filled in."""

    def __init__(self, enfant: Enfant, famille: Famille, jour: date) -> None:
        super().__init__(enfant, famille, jour.year, jour.month)
        self.jour = jour

    @property
    def jour_du_prix(self) -> date:
        return self.jour

    @cached_property
    def details(self) -> list[Detail]:
        """The prestations of the month's grid, on that day. Two queries more than the grid, the prices included."""
        prestations = {inscription.prestation_id: inscription.prestation for inscription in self.inscriptions}
        reservations = {reservation.inscription_id: reservation for reservation in self.reservations}
        places, ajouts = self._places(), faits_du_jour(self)
        return [
            _detail(
                ligne,
                self.jour,
                prestations[ligne.cle],
                reservations.get(ligne.dossier(self.jour).inscription),
                places[ligne.cle],
                self.famille,
                ajouts.get(ligne.cle, []),
            )
            for ligne in self.grille.lignes
        ]

    @cached_property
    def reservations(self) -> list[Reservation]:
        du_jour = Reservation.objects.entre(self.jour, self.jour).filter(inscription__enfant=self.enfant)
        return list(du_jour.select_related("prestation", "par__responsable"))

    def _en_vigueur(self) -> InscriptionQuerySet:
        exception = PlacesDuJour.objects.filter(prestation=OuterRef("prestation"), jour=self.jour).order_by()
        capacite = Coalesce(Subquery(exception.values("places")), F("prestation__places"))
        return super()._en_vigueur().annotate(capacite=capacite)

    def _lignes(self) -> list[LigneDuMois]:
        return [
            LigneDuMois(
                reservation.inscription_id,
                reservation.jour,
                reservation.etat,
                reservation.presence,
                reservation.arrivee,
                reservation.depart,
                reservation.prestation.heure_debut,
                reservation.prestation.heure_fin,
            )
            for reservation in self.reservations
        ]

    def _places(self) -> dict[int, int | None]:
        """Places left, by prestation; None where there is no limit."""
        capacites = {inscription.prestation_id: inscription.capacite for inscription in self.inscriptions}
        attendus = effectifs({cle: [self.jour] for cle in capacites})
        return {
            cle: None if capacite is None else max(0, capacite - attendus[cle, self.jour])
            for cle, capacite in capacites.items()
        }


def _detail(
    ligne: LigneDeGrille,
    jour: date,
    prestation: Prestation,
    reservation: Reservation | None,
    places: int | None,
    pour: Famille,
    ajouts: list[Fait],
) -> Detail:
    dossier, case = ligne.dossier(jour), ligne.case(jour)
    ferme = dossier.regles.pourquoi_ferme(jour) or ""
    rien = case.etat == Etat.AUCUN and (case.est_vide or case.affichage.statut in FONDS)
    faits = [
        ("Horaires", f"de {francais.heure(prestation.heure_debut)} à {francais.heure(prestation.heure_fin)}"),
        *(_historique(reservation, pour) if reservation else []),
        *([] if ferme else [*_a_venir(dossier.regles, jour, case.etat, places), *ajouts]),
    ]
    return Detail(
        cle=ligne.cle,
        inscription=dossier.inscription,
        structure=ligne.structure,
        prestation=ligne.prestation,
        responsable=ligne.responsable,
        case=case,
        faits=faits,
        actions=ligne.actions(jour),
        ferme=ferme if rien else "",
    )


def _a_venir(regles: ReglesDuJour, jour: date, etat: Etat, places: int | None) -> list[tuple[str, str]]:
    """Until when one may book, or declare an absence, and how many places are left. Nothing of a day that is past."""
    if jour < timezone.localdate(regles.maintenant) or not regles.inscription.est_en_vigueur(jour):
        return []
    faits = []
    if etat in ACQUISES:
        faits.append(("Absence à déclarer", _avant(regles, regles.echeance_absence(jour))))
    elif etat not in OCCUPENT:
        faits.append(("À réserver", _avant(regles, regles.echeance_reservation(jour))))
    if places is not None:
        faits.append(("Places restantes", francais.nombre(places)))
    return faits


def _historique(reservation: Reservation, pour: Famille) -> list[tuple[str, str]]:
    le = timezone.localtime(reservation.depuis)
    faits = [("Depuis", f"le {francais.date_courte(le.date())} à {francais.heure(le.time())}")]
    if reservation.par:
        faits.append(("Par", _qui(reservation.par, pour)))
    if reservation.motif:
        faits.append(("Motif", reservation.motif))
    if reservation.arrivee:
        faits.append(("Arrivée", francais.heure(reservation.arrivee)))
    if reservation.depart:
        faits.append(("Départ", francais.heure(reservation.depart)))
    return faits


def _qui(compte: Compte, pour: Famille) -> str:
    """A responsable of the famille by name; anybody else is the centre."""
    responsable = getattr(compte, "responsable", None)
    return responsable.nom_complet if responsable and responsable.famille_id == pour.pk else "le centre"


def _avant(regles: ReglesDuJour, echeance: datetime) -> str:
    ensuite = ", ou hors délai" if regles.inscription.prestation.hors_delai_autorise else ""
    return f"avant {moment_dit(echeance)}{ensuite}"
