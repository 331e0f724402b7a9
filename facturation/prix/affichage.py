"""The price of a day, on the planning: what the famille is billed, or will be, and why, before it asks."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q
from django.utils import timezone

from facturation.models import Ligne
from facturation.montants import NUL
from facturation.prix.devis import PAR_UNITE, Devis, bareme_de
from facturation.prix.grille import Unite
from facturation.prix.jours_factures import nature_facturee
from francais import euros
from planning.journees.journee import Journee
from planning.mois.complements import Complement, Fait
from planning.mois.jour import JourEnfant
from planning.regles.etats import ABSENCES, ABSENCES_DECIDEES, EN_ATTENTE, Etat, Presence
from planning.regles.refus import ReglesDuJour


class PrixDuJour(Complement):
    """« 12,50 € la journée (Tranche 2, QF 612, tarif du 01/09/2025) »."""

    def faits(self, jour: JourEnfant) -> dict[int, list[Fait]]:
        """Two queries, whatever the number of prestations. Nothing of a prestation without a price."""
        inscriptions = {inscription.prestation_id: inscription for inscription in jour.inscriptions}
        if not inscriptions:
            return {}
        bareme = bareme_de([une.prestation for une in inscriptions.values()], jour.jour, jour.jour)
        factures = _deja_facture(jour)
        faits = {}
        for ligne in jour.grille.lignes:
            inscription = inscriptions[ligne.cle]
            quotients = [] if inscription.qf is None else [(jour.jour, inscription.qf)]
            devis, journee = Devis(bareme, inscription.ville, quotients), jour.journee(ligne)
            regles = ligne.dossier(jour.jour).regles
            faits[ligne.cle] = factures.get(ligne.cle) or list(_a_facturer(devis, journee, regles))
        return faits


def _a_facturer(devis: Devis, journee: Journee, regles: ReglesDuJour) -> Iterator[Fait]:
    """What the invoice will say of that day as it is; of a day on which nothing is due, what it would cost."""
    if regles.pourquoi_ferme(journee.jour):
        return  # nothing is due
    if nature_facturee(journee.etat, journee.presence, ouvert=True) is not None:
        prix = devis.prix(journee)
        if prix:
            yield "Prix", prix.explique
            yield from _si_absent(devis, journee, regles)
    elif journee.etat in ABSENCES & EN_ATTENTE:
        if si_facturee := devis.prix_si(journee, etat=Etat.ABSENT_FACTURE):
            yield "Prix", f"non facturé si l’absence est excusée, sinon {si_facturee.explique}"
    elif journee.etat in ABSENCES_DECIDEES or journee.presence == Presence.ABSENT:
        yield "Prix", "non facturé"
    elif prix := devis.prix_si(journee, etat=Etat.RESERVEE, presence=Presence.NON_POINTEE):
        yield "Prix", prix.explique
        venu = devis.prix_si(journee, etat=Etat.AUCUN, presence=Presence.PRESENT)
        if venu and venu.montant != prix.montant and journee.jour >= timezone.localdate(regles.maintenant):
            yield "Sans réservation", venu.explique


def _si_absent(devis: Devis, journee: Journee, regles: ReglesDuJour) -> Iterator[Fait]:
    """What an absence declared now would cost, once it is too late to be excused."""
    if journee.presence or regles.refus_d_absence(journee.jour, journee.etat):
        return
    absent = devis.prix_si(journee, etat=Etat.ABSENT_FACTURE)
    if absent and regles.maintenant >= regles.echeance_absence(journee.jour):
        yield "Absence déclarée maintenant", absent.absence_dite


@dataclass
class _Facture:
    """What invoices and avoirs say of a day at one price: their net quantity, and the latest invoice."""

    quantite: Decimal = NUL
    dit: str = ""


def _deja_facture(jour: JourEnfant) -> dict[int, list[Fait]]:
    """By prestation, what an invoice has already said of that day, and nothing has taken back. At most one query."""
    if jour.jour >= timezone.localdate():
        return {}  # no period is billed before its end
    du_foyer = Q(facture__famille=jour.famille) | Q(avoir__famille=jour.famille)
    siennes = Ligne.objects.d_un_enfant(jour.enfant.pk)
    lignes = siennes.filter(du_foyer, prestation__isnull=False, jours__contains=[jour.jour])
    connues: dict[int, dict[tuple, _Facture]] = defaultdict(lambda: defaultdict(_Facture))
    for ligne in lignes.order_by("pk").select_related("facture__regie"):
        au_prix = connues[ligne.prestation_id or 0][ligne.prix_unitaire, ligne.unite, ligne.explication]
        au_prix.quantite += ligne.quantites[ligne.jours.index(jour.jour)]
        if ligne.facture:
            prix = f"{euros(ligne.prix_unitaire)} {PAR_UNITE[Unite(ligne.unite)]}"
            au_prix.dit = f"{prix} ({ligne.explication}), facture {ligne.facture.reference}"
    return {
        prestation: [("Facturé", un.dit) for un in par_prix.values() if un.quantite > 0 and un.dit]
        for prestation, par_prix in connues.items()
    }
