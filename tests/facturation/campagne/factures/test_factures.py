"""What a campaign bills, said in words: the days, the price of each, and why."""

from datetime import date, time
from decimal import Decimal

import pytest
import time_machine

from facturation.models import Facture, Ligne
from planning.models import Fermeture, Reservation
from planning.regles.etats import Etat, Presence
from tests.facturation.ville import (
    LE,
    TOUS,
    emettre,
    foyer,
    inscrire,
    lignes,
    reserver,
)

LE_2_NOVEMBRE = time_machine.travel(LE, tick=False)


@LE_2_NOVEMBRE
def test_une_facture_dit_l_enfant_la_prestation_les_jours_et_pourquoi_ce_prix(ville):
    famille, enfant = foyer()
    reserver(inscrire(famille, enfant, ville.cantine), [1, 2, 5])
    emettre(ville.campagne())
    facture = famille.factures.get()
    ligne = facture.lignes.get()
    assert (facture.reference, facture.montant, facture.date) == ("AL-1", Decimal("10.80"), date(2026, 11, 2))
    assert facture.echeance == date(2026, 12, 2)
    assert (ligne.enfant_nom, ligne.libelle, ligne.quantite_dite) == (
        "Zoé PETIT",
        "Restauration scolaire",
        "3\u00a0repas",
    )
    assert ligne.jours == [date(2026, 10, jour) for jour in (1, 2, 5)]
    assert ligne.explication == "Tranche 1, QF 612, tarif du 01/09/2026"


@LE_2_NOVEMBRE
def test_absence_facturee_et_presence_sans_reservation_ont_leur_ligne_et_le_reste_n_en_a_pas(ville):
    famille, enfant = foyer()
    cantine = inscrire(famille, enfant, ville.cantine)
    reserver(cantine, [1])
    reserver(cantine, [2], presence=Presence.ABSENT)
    reserver(cantine, [5], etat=Etat.AUCUN)
    reserver(cantine, [6], etat=Etat.ABSENT_EXCUSE, presence=Presence.NON_POINTEE)
    reserver(cantine, [7], etat=Etat.DEMANDEE, presence=Presence.NON_POINTEE)
    Reservation.objects.create(
        inscription=cantine, jour=date(2026, 10, 8), etat=Etat.REFUSEE, motif="Complet", presence=Presence.NON_POINTEE
    )
    emettre(ville.campagne())
    assert sorted(lignes(famille.factures.get())) == [
        ("Restauration scolaire", "1.00", "3.60"),
        ("Restauration scolaire (absence facturée)", "1.00", "3.60"),
        ("Restauration scolaire (présence sans réservation)", "1.00", "5.40"),
    ]


@LE_2_NOVEMBRE
def test_les_jours_reguliers_se_facturent_sans_que_personne_ne_les_ait_saisis(ville):
    famille, enfant = foyer()
    inscrire(famille, enfant, ville.cantine, jours=TOUS)
    emettre(ville.campagne())
    assert lignes(famille.factures.get()) == [("Restauration scolaire", "31.00", "111.60")]


@LE_2_NOVEMBRE
def test_un_jour_de_fermeture_ne_se_facture_pas(ville):
    famille, enfant = foyer()
    reserver(inscrire(famille, enfant, ville.cantine), [1, 2])
    Fermeture.objects.create(du=date(2026, 10, 2), au=date(2026, 10, 2), motif="Grève")
    emettre(ville.campagne())
    assert famille.factures.get().montant == Decimal("3.60")


@LE_2_NOVEMBRE
def test_les_heures_se_facturent_a_la_demi_heure_commencee(ville):
    famille, enfant = foyer()
    reserver(inscrire(famille, enfant, ville.garderie), [1, 2], arrivee=time(7, 40), depart=time(8, 15))
    emettre(ville.campagne())
    assert lignes(famille.factures.get()) == [("Garderie matin", "2.00", "4.00")]


@pytest.mark.parametrize(
    ("options", "montant", "explication"),
    [
        ({"qf": None}, "5.10", "Tranche 2, QF inconnu, tarif du 01/09/2026"),
        ({"qf": 900}, "5.10", "Tranche 2, QF 900, tarif du 01/09/2026"),
        ({"commune": "Toulouse"}, "8.00", "Tranche 1, QF 612, hors commune, tarif du 01/09/2026"),
        ({"commune": "SAINT - JEAN"}, "3.60", "Tranche 1, QF 612, tarif du 01/09/2026"),
    ],
)
@LE_2_NOVEMBRE
def test_le_qf_et_la_commune_font_le_prix(ville, options, montant, explication):
    famille, enfant = foyer(**options)
    reserver(inscrire(famille, enfant, ville.cantine), [1])
    emettre(ville.campagne())
    ligne = Ligne.objects.get()
    assert (ligne.montant, ligne.explication) == (Decimal(montant), explication)


@LE_2_NOVEMBRE
def test_le_qf_est_celui_du_jour(ville):
    famille, enfant = foyer()
    famille.quotients.create(valeur=900, date_effet=date(2026, 10, 15))
    reserver(inscrire(famille, enfant, ville.cantine), [14, 15])
    emettre(ville.campagne())
    assert lignes(famille.factures.get()) == [
        ("Restauration scolaire", "1.00", "3.60"),
        ("Restauration scolaire", "1.00", "5.10"),
    ]


@LE_2_NOVEMBRE
def test_en_garde_alternee_chaque_famille_recoit_ses_jours_a_son_prix(ville):
    pere, enfant = foyer(qf=612)
    mere, _ = foyer(prenom="Autre", qf=900)
    mere.rattachements.create(enfant=enfant)
    reserver(inscrire(pere, enfant, ville.cantine), [1, 2])
    reserver(inscrire(mere, enfant, ville.cantine), [5])
    emettre(ville.campagne())
    assert (pere.factures.get().montant, mere.factures.get().montant) == (Decimal("7.20"), Decimal("5.10"))


@LE_2_NOVEMBRE
def test_une_autre_regie_n_est_pas_facturee(ville):
    ville.cantine.structure.en_regie.delete()
    famille, enfant = foyer()
    reserver(inscrire(famille, enfant, ville.cantine), [1])
    emettre(ville.campagne())
    assert not Facture.objects.exists()
