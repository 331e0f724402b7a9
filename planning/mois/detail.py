"""A day of a child, prestation by prestation, in words: what a cell's menu and the day's page say."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

import francais
from famille.models import Compte, Famille
from planning.models import Prestation, Reservation
from planning.mois.complements import Fait, faits_du_jour
from planning.mois.grille import Action, Case, LigneDeGrille
from planning.mois.jour import JourEnfant
from planning.places.restantes import effectifs
from planning.regles.delais import moment_dit
from planning.regles.etats import ACQUISES, OCCUPENT, SANS_RESERVATION, Etat
from planning.regles.legende import FONDS, Statut
from planning.regles.refus import ReglesDuJour

SANS_RESERVATION_DIT = (
    "Sans réservation",
    "si c’est une erreur, écrivez au centre avant la facture\u00a0: il corrige l’appel",
)


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
        if self.case.est_vide:
            return Etat.ANNULEE.label if self.case.etat == Etat.ANNULEE else "Rien de réservé"
        return libelle[0].upper() + libelle[1:]


def detailler(jour: JourEnfant) -> list[Detail]:
    """The prestations of the month's grid, on that day. Queries: the day's, the places, what the complements ask."""
    prestations = {inscription.prestation_id: inscription.prestation for inscription in jour.inscriptions}
    reservations = {reservation.inscription_id: reservation for reservation in jour.reservations}
    comptes = effectifs({prestation: [jour.jour] for prestation in prestations})
    ajouts = faits_du_jour(jour)
    return [
        _detail(
            ligne,
            jour.jour,
            prestations[ligne.cle],
            reservations.get(ligne.dossier(jour.jour).inscription),
            comptes[ligne.cle, jour.jour].restantes,
            jour.famille,
            ajouts.get(ligne.cle, []),
        )
        for ligne in jour.grille.lignes
    ]


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
    rien = case.etat in SANS_RESERVATION and (case.est_vide or case.affichage.statut in FONDS) and not ajouts
    faits = [
        ("Horaires", f"de {francais.heure(prestation.heure_debut)} à {francais.heure(prestation.heure_fin)}"),
        *(_historique(reservation, pour) if reservation else []),
        *([SANS_RESERVATION_DIT] if case.affichage.marque is Statut.PRESENT_SANS_RESERVATION else []),
        *([("Accueil", ferme)] if ferme else _a_venir(dossier.regles, jour, case.etat, places)),
        # A day that was billed may be closed by a rule that has moved since: it says so all the same.
        *ajouts,
    ]
    return Detail(
        cle=ligne.cle,
        inscription=dossier.inscription,
        structure=ligne.sous_titre,
        prestation=ligne.titre,
        responsable=ligne.responsable,
        case=case,
        faits=faits,
        actions=ligne.actions(jour, est_complet=places == 0),
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
    faits = [("Depuis", f"le {francais.date_et_heure(timezone.localtime(reservation.depuis))}")]
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
