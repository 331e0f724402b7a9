"""What is due by the hour: whole minutes up to the line, and only the line is rounded."""

from dataclasses import replace
from datetime import date, time
from decimal import Decimal

import pytest
import time_machine

from facturation.campagne.lignes import regrouper
from facturation.campagne.lot_de_factures import FactureAEmettre, LotDeFactures
from facturation.models import CampagneDeFacturation, Facture, Ligne, Regie
from facturation.prix.article import Article
from facturation.prix.grille import Nature, Unite
from planning.regles.etats import Etat
from tests.facturation.ville import EN_DECEMBRE, NOVEMBRE, OCTOBRE, emettre, foyer, inscrire, reserver


@pytest.fixture(autouse=True)
def en_decembre():
    with time_machine.travel(EN_DECEMBRE, tick=False):
        yield


@pytest.mark.parametrize(
    ("minutes", "pas", "montant", "dit"),
    [
        (20, 20, "20.00", "6\u00a0h\u00a040"),
        (10, 10, "10.00", "3\u00a0h\u00a020"),
        (40, 20, "40.00", "13\u00a0h\u00a020"),
    ],
)
def test_vingt_presences_courtes_coutent_ce_que_dit_la_montre(ville, minutes, pas, montant, dit):
    """3 € an hour, twenty days."""
    tarif = ville.garderie.tarifs.get()
    tarif.tranches.update(resident="3.00")
    ville.garderie.tarifs.update(pas_minutes=pas)
    garderie = inscrire(*foyer(), ville.garderie)
    reserver(garderie, range(1, 21), arrivee=time(7, 10), depart=time(7, 10 + minutes))
    emettre(ville.campagne())
    facture = Facture.objects.get()
    ligne = facture.lignes.get()
    assert (facture.montant, ligne.quantite_dite) == (Decimal(montant), dit)
    assert ligne.minutes == [minutes] * 20


def test_une_ligne_a_l_heure_annulee_rend_ses_minutes(ville):
    garderie = inscrire(*foyer(), ville.garderie)
    ville.garderie.tarifs.update(pas_minutes=20)
    reserver(garderie, [1, 2], arrivee=time(7, 30), depart=time(7, 50))
    emettre(ville.campagne())
    avoir = Facture.objects.get().annuler(motif="Erreur", le=NOVEMBRE[0], par=None)
    ligne = avoir.lignes.get()
    assert (ligne.minutes, ligne.quantite_dite, avoir.montant) == ([-20, -20], "−0\u00a0h\u00a040", Decimal("1.33"))


def test_une_ligne_d_avant_les_minutes_se_lit_et_se_rend_telle_qu_elle_fut_facturee(ville):
    """Three times 0,33 h: 2,97 € then, 2,97 € back."""
    ancienne = Ligne(
        unite=Unite.HEURE, quantite=Decimal("0.99"), prix_unitaire=Decimal(3), quantites=[Decimal("0.33")] * 3
    )
    assert ancienne.quantite_dite == "0\u00a0h\u00a059"
    garderie = inscrire(*foyer(), ville.garderie)
    reserver(garderie, [1, 2, 5], arrivee=time(7, 30), depart=time(7, 50))
    facture = _facture_d_avant(garderie)
    reserver(garderie, [3], mois=11)
    garderie.reservations.filter(jour__month=10).update(etat=Etat.ABSENT_EXCUSE, presence="", arrivee=None, depart=None)
    emettre(ville.campagne(NOVEMBRE))
    rendue = Ligne.objects.get(est_regularisation=True)
    assert (rendue.montant, rendue.quantites, rendue.minutes) == (-facture.montant, [Decimal("-0.33")] * 3, None)


def _facture_d_avant(garderie) -> Facture:
    """As the campaign of October issued it, when it wrote hundredths of an hour."""
    regie = Regie.objects.get()
    campagne = CampagneDeFacturation.objects.create(
        regie=regie, du=OCTOBRE[0], au=OCTOBRE[1], emise_le="2026-11-02T09:00Z"
    )
    ligne = Ligne(
        enfant_id=garderie.enfant_id,
        prestation_id=garderie.prestation_id,
        nature="reservation",
        libelle="Garderie matin",
        jours=[date(2026, 10, jour) for jour in (1, 2, 5)],
        quantites=[Decimal("0.33")] * 3,
        quantite=Decimal("0.99"),
        unite=Unite.HEURE,
        prix_unitaire=Decimal("2.00"),
        montant=Decimal("1.98"),
    )
    lot = LotDeFactures(regie=regie, du=OCTOBRE[0], au=OCTOBRE[1], le=date(2026, 11, 2), par=None, campagne=campagne)
    return lot.emettre([FactureAEmettre(garderie.famille_id, [ligne])])[0]


def test_des_minutes_et_des_centiemes_ne_partagent_pas_une_ligne():
    neuf = Article(1, 1, date(2026, 10, 1), Nature.RESERVATION, Decimal(20), Unite.HEURE, Decimal(3), "Tranche 1")
    vieux = replace(neuf, jour=date(2026, 10, 2), quantite=Decimal("19.80"))
    assert sorted(groupe.montant for groupe in regrouper([neuf, vieux])) == [Decimal("0.99"), Decimal("1.00")]
