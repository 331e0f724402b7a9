"""The price that is shown is the price that is billed, whatever the booking and the roll say."""

from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from itertools import product

import pytest
from django.urls import reverse

from facturation.campagne.decompte import Decompte
from facturation.campagne.emission import Emission
from facturation.models import CampagneDeFacturation
from facturation.prix.devis import Devis, PrixDUneJournee, bareme_de, total
from planning.journees.lecture import lire_journees
from planning.models import Inscription, Reservation, jours_ouverts
from planning.regles.etats import EN_ATTENTE, Etat, Presence
from planning.regles.jours import Jours
from tests.facturation.fabriques import RegieFactory, mettre_en_regie, tarif
from tests.planning.conftest import alsh, calendrier_2015, garderie, mercredi

__all__ = ["alsh", "calendrier_2015", "garderie", "mercredi"]

pytestmark = pytest.mark.django_db
JOUR = date(2015, 4, 8)
AVRIL = (date(2015, 4, 1), date(2015, 4, 30))


@pytest.fixture
def repas(mercredi, dupont, agent) -> Inscription:
    """3,60 €, half for an absence, half more without a booking."""
    tarif(mercredi, (500, "2.00", "4.00"), (None, "3.60", "7.20"), absence_pourcent=50, majoration_pourcent=50)
    mettre_en_regie(RegieFactory(), mercredi.structure)
    return Inscription.objects.inscrire(dupont.enfants[0], mercredi, dupont.famille, du=date(2014, 9, 1), par=agent)


def facture(famille: int) -> Decimal:
    """What the campaign would bill."""
    campagne = CampagneDeFacturation.objects.create(regie=RegieFactory(), du=AVRIL[0], au=AVRIL[1])
    creances = [c for lot in Decompte(campagne, au=date(2015, 5, 2)).lots(apres=0) for c in lot if c.famille == famille]
    return sum((article.montant for c in creances for article in c.articles), Decimal(0))


def annonce(inscription: Inscription) -> Decimal:
    devis = Devis.de(inscription.famille, [inscription.prestation], *AVRIL)
    journees = lire_journees(jours_ouverts([inscription.prestation], *AVRIL))
    return sum((devis.prix(journee).montant for journee in journees), Decimal(0))


@pytest.mark.parametrize(("etat", "presence"), list(product(Etat, Presence)))
def test_le_prix_annonce_est_celui_de_la_facture_dans_tous_les_etats(repas, etat, presence):
    avant = Etat.AUCUN if etat in EN_ATTENTE else etat
    motif = "Complet." if etat == Etat.REFUSEE else ""
    Reservation.objects.create(
        inscription=repas, jour=JOUR, etat=etat, etat_avant=avant, presence=presence, motif=motif
    )
    assert annonce(repas) == facture(repas.famille_id)


@pytest.mark.parametrize(("jours", "ville"), [(Jours.MERCREDI, "SAINT - JEAN"), (Jours.MERCREDI, "Toulouse")])
def test_un_jour_regulier_est_annonce_comme_il_est_facture_ou_que_l_on_habite(repas, dupont, jours, ville):
    dupont.titulaire.ville = ville
    dupont.titulaire.save()
    repas.jours = jours
    repas.save()
    assert annonce(repas) == facture(repas.famille_id) > 0


def test_a_l_heure_les_heures_notees_comptent_sinon_toute_l_ouverture(garderie, dupont, agent):
    tarif(garderie, (None, "3.00", "6.00"), unite="heure", pas_minutes=30)
    mettre_en_regie(RegieFactory(), garderie.structure)
    inscription = Inscription.objects.inscrire(
        dupont.enfants[0], garderie, dupont.famille, du=date(2014, 9, 1), par=agent
    )
    Reservation.objects.create(inscription=inscription, jour=JOUR, etat=Etat.RESERVEE)
    (journee,) = lire_journees({garderie.pk: [JOUR]})
    devis = Devis.de(inscription.famille, [garderie], *AVRIL)
    assert devis.prix(journee).dit == "3,00\u00a0€ pour 1\u00a0h"
    assert total([devis.prix(journee)] * 2) == "6,00\u00a0€, selon les heures de présence"
    assert total([devis.prix(journee), PrixDUneJournee()]) == "3,00\u00a0€, selon les heures de présence"
    notee = devis.prix(replace(journee, arrivee=time(8), depart=time(8, 30)))
    assert (notee.dit, total([notee])) == ("1,50\u00a0€", "1,50\u00a0€")
    Reservation.objects.update(presence="present", arrivee=time(8), depart=time(8, 30))
    assert annonce(inscription) == facture(inscription.famille_id) == Decimal("1.50")


def test_une_journee_a_son_prix_sans_parler_d_heures_et_une_absence_a_zero_est_gratuite(mercredi, repas):
    Reservation.objects.create(inscription=repas, jour=JOUR, etat=Etat.RESERVEE)
    mercredi.tarifs.update(absence_pourcent=0)
    (journee,) = lire_journees({mercredi.pk: [JOUR]})
    devis = Devis.de(repas.famille, [mercredi], *AVRIL)
    assert (devis.prix(journee).dit, total([devis.prix(journee)])) == ("3,60\u00a0€", "3,60\u00a0€")
    assert devis.prix_si(journee, etat=Etat.ABSENT_FACTURE).dit == "gratuit"
    assert devis.prix_si(journee, etat=Etat.ABSENT_EXCUSE).dit == "non facturé"


def test_sans_prix_connu_on_ne_totalise_pas(mercredi, repas):
    Reservation.objects.create(inscription=repas, jour=JOUR, etat=Etat.RESERVEE)
    (journee,) = lire_journees({mercredi.pk: [JOUR]})
    connu = Devis.de(repas.famille, [mercredi], *AVRIL).prix(journee)
    mercredi.tarifs.all().delete()
    inconnu = Devis.de(repas.famille, [mercredi], *AVRIL).prix(journee)
    assert (inconnu, total([connu, inconnu]), total([])) == (None, "", "")
    assert total([PrixDUneJournee()]) == "0,00\u00a0€"


@pytest.mark.parametrize(
    ("prix", "dit"),
    [(PrixDUneJournee(), "non facturé"), (PrixDUneJournee(est_facturee=True), "gratuit")],
)
def test_gratuit_n_est_pas_non_facture(prix, dit):
    assert (prix.montant, prix.dit, prix.explique) == (0, dit, dit)


@pytest.mark.parametrize(
    ("quotients", "prix"),
    [
        ([], "3.60"),
        ([(JOUR, 400)], "2.00"),
        ([(date(2015, 4, 9), 400)], "3.60"),
        ([(JOUR, 400), (date(2015, 1, 1), 900)], "2.00"),
        ([(date(2015, 4, 9), 900), (date(2015, 1, 1), 400)], "2.00"),
    ],
    ids=["inconnu", "du jour même", "du lendemain", "le plus récent", "celui d’avant"],
)
def test_le_qf_est_celui_du_jour_le_plus_recent(mercredi, repas, dupont, quotients, prix):
    dupont.famille.quotients.all().delete()
    for effet, valeur in quotients:
        dupont.famille.quotients.create(date_effet=effet, valeur=valeur)
    Reservation.objects.create(inscription=repas, jour=JOUR, etat=Etat.RESERVEE)
    (journee,) = lire_journees({mercredi.pk: [JOUR]})
    assert Devis.de(repas.famille, [mercredi], *AVRIL).prix(journee).montant == Decimal(prix)
    assert Devis.sur(bareme_de([mercredi], *AVRIL), repas.famille).prix(journee).montant == Decimal(prix)
    assert annonce(repas) == facture(repas.famille_id) == Decimal(prix)


def test_c_est_la_commune_du_titulaire_qui_compte_et_non_celle_du_conjoint(mercredi, repas, dupont, martin):
    dupont.titulaire.ville = "Toulouse"
    dupont.titulaire.save()
    Reservation.objects.create(inscription=repas, jour=JOUR, etat=Etat.RESERVEE)
    (journee,) = lire_journees({mercredi.pk: [JOUR]})
    assert dupont.conjoint.ville == "SAINT - JEAN"
    assert Devis.de(repas.famille, [mercredi], *AVRIL).prix(journee).montant == Decimal("7.20")
    assert Devis.de(martin.famille, [mercredi], *AVRIL).prix(journee).montant == Decimal("3.60")
    bareme = bareme_de([mercredi], *AVRIL)
    assert Devis.sur(bareme, repas.famille).prix(journee).montant == Decimal("7.20")
    assert Devis.sur(bareme, martin.famille).prix(journee).montant == Decimal("3.60")


@pytest.mark.parametrize("reste", ["un conjoint", "personne"])
def test_sans_titulaire_on_paie_le_prix_de_la_commune(mercredi, repas, dupont, reste):
    """The address that counts is not known; that of the conjoint, in another town, is not that one."""
    dupont.titulaire.delete()
    dupont.conjoint.ville = "Toulouse"
    dupont.conjoint.save()
    if reste == "personne":
        dupont.conjoint.delete()
    Reservation.objects.create(inscription=repas, jour=JOUR, etat=Etat.RESERVEE)
    (journee,) = lire_journees({mercredi.pk: [JOUR]})
    assert Devis.de(repas.famille, [mercredi], *AVRIL).prix(journee).montant == Decimal("3.60")


def menu(client, dupont, inscription) -> str:
    client.force_login(dupont.compte)
    adresse = reverse("planning:jour", args=[dupont.enfants[0].pk, JOUR.year, JOUR.month, JOUR.day])
    return client.get(adresse, {"prestation": inscription.prestation_id}).content.decode()


def test_un_present_sans_reservation_lit_le_prix_majore(client, dupont, repas):
    Reservation.objects.create(inscription=repas, jour=JOUR, presence="present")
    html = menu(client, dupont, repas)
    assert "5,40\u00a0€ la journée" in html
    assert "3,60" not in html


def test_une_absence_facturee_lit_son_prix_une_excusee_qu_elle_ne_l_est_pas(client, dupont, repas):
    journee = Reservation.objects.create(inscription=repas, jour=JOUR, etat=Etat.ABSENT_FACTURE)
    assert "1,80\u00a0€ la journée" in menu(client, dupont, repas)
    journee.etat = Etat.ABSENT_EXCUSE
    journee.save()
    assert "non facturé" in menu(client, dupont, repas)


def test_une_absence_en_attente_dit_ce_qu_elle_coutera_si_elle_est_facturee(client, dupont, repas):
    Reservation.objects.create(inscription=repas, jour=JOUR, etat=Etat.ABSENCE_DEMANDEE, etat_avant=Etat.RESERVEE)
    assert "non facturé si l’absence est excusée, sinon 1,80\u00a0€" in menu(client, dupont, repas)


def test_un_jour_deja_facture_lit_ce_que_dit_sa_facture(client, dupont, repas, agent):
    Reservation.objects.create(inscription=repas, jour=JOUR, etat=Etat.RESERVEE, presence="present")
    campagne = CampagneDeFacturation.objects.create(regie=RegieFactory(), du=AVRIL[0], au=AVRIL[1])
    Emission(campagne, le=date(2015, 5, 2), par=agent).emettre()
    Reservation.objects.update(etat=Etat.ABSENT_EXCUSE, presence="")
    html = menu(client, dupont, repas)
    assert "3,60\u00a0€ la journée (Tranche 2, QF 612, tarif du 01/09/2014), facture AL-1" in html
    assert "non facturé" not in html
