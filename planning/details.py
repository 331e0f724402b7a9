"""A day of a child, prestation by prestation, in words: what a cell's menu and the day's page say."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

import francais
from famille.models import Compte, Famille
from planning.calendrier import moment_dit
from planning.grille import Action, Case, Ligne
from planning.journees import effectifs
from planning.models import PlacesDuJour, Prestation, Reservation
from planning.mois import MoisEnfant


@dataclass(frozen=True)
class Detail:
    """What a parent wants to know of a prestation on a day. `inscription`: for whom asks something."""

    cle: int
    inscription: int
    structure: str
    prestation: str
    responsable: str
    case: Case
    faits: list[tuple[str, str]]
    actions: tuple[Action, ...]

    @property
    def etat(self) -> str:
        """« Réservé, présent sur la journée réservée »."""
        libelle = self.case.affichage.libelle
        return "Rien de réservé" if self.case.est_vide else libelle[0].upper() + libelle[1:]


def details_du_jour(mois: MoisEnfant, jour: date) -> list[Detail]:
    """The prestations of the month's grid, on that day. Three queries more than the grid."""
    lignes = mois.grille.lignes
    prestations = {inscription.prestation_id: inscription.prestation for inscription in mois.inscriptions}
    dossiers = {ligne.cle: ligne.dossier(jour).inscription for ligne in lignes}
    reservations = {
        reservation.prestation_id: reservation
        for reservation in Reservation.objects.entre(jour, jour)
        .filter(inscription__in=dossiers.values())
        .select_related("par__responsable")
    }
    places = _places(prestations, jour)
    return [
        _detail(ligne, jour, prestations[ligne.cle], reservations.get(ligne.cle), places[ligne.cle], mois.famille)
        for ligne in lignes
    ]


def _places(prestations: dict[int, Prestation], jour: date) -> dict[int, int | None]:
    """Places left, by prestation; None where there is no limit."""
    du_jour = PlacesDuJour.objects.filter(prestation__in=prestations, jour=jour).values_list("prestation", "places")
    capacites = {cle: prestation.places for cle, prestation in prestations.items()} | dict(du_jour)
    attendus = effectifs({cle: [jour] for cle in prestations})
    return {
        cle: None if capacite is None else max(0, capacite - attendus[cle, jour]) for cle, capacite in capacites.items()
    }


def _detail(
    ligne: Ligne, jour: date, prestation: Prestation, reservation: Reservation | None, places: int | None, pour: Famille
) -> Detail:
    reglement = ligne.dossier(jour).reglement
    faits = [
        ("Horaires", f"de {francais.heure(prestation.heure_debut)} à {francais.heure(prestation.heure_fin)}"),
        *(_historique(reservation, pour) if reservation else []),
    ]
    if reglement.inscription.est_en_vigueur(jour) and reglement.pourquoi_ferme(jour) is None:
        faits += [
            ("Réserver", _avant(reglement.echeance_reservation(jour))),
            ("Déclarer une absence", _avant(reglement.echeance_absence(jour))),
        ]
        if places is not None:
            faits.append(("Places restantes", francais.nombre(places)))
    return Detail(
        cle=ligne.cle,
        inscription=ligne.dossier(jour).inscription,
        structure=ligne.structure,
        prestation=ligne.prestation,
        responsable=ligne.responsable,
        case=ligne.case(jour),
        faits=faits,
        actions=ligne.actions(jour),
    )


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


def _avant(echeance: datetime) -> str:
    return f"avant {moment_dit(echeance)}"
