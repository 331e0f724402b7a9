"""Giving back: once, whole, on one paper where one can bear it, and nothing is forgotten."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine

from facturation.campagne import emission
from facturation.campagne.apercu import Apercu, apercevoir
from facturation.compte.solde import solde
from facturation.models import Avoir, CampagneDeFacturation, Facture
from planning.models import Inscription
from planning.regles.etats import Etat
from tests.facturation.ville import DECEMBRE, EN_DECEMBRE, NOVEMBRE, OCTOBRE, emettre, lignes, reserver

EN_JANVIER = "2027-01-04 09:00+01:00"
LE_5 = date(2026, 12, 5)


def excuser(inscription: Inscription, mois: int, *jours: int) -> None:
    des_jours = inscription.reservations.filter(jour__month=mois, jour__day__in=jours)
    des_jours.update(etat=Etat.ABSENT_EXCUSE, presence="")


def facturer(ville, periode: tuple[date, date], quand: str) -> Apercu:
    """Issue it; the preview said the same."""
    with time_machine.travel(quand, tick=False):
        campagne = ville.campagne(periode)
        apercu = apercevoir(campagne, au=date.fromisoformat(quand[:10]))
        emettre(campagne)
    montants = [facture.montant for facture in campagne.factures.all()]
    rendus = [avoir.montant for avoir in campagne.avoirs.all()]
    assert (apercu.factures, apercu.montant) == (len(montants), sum(montants))
    assert (apercu.avoirs, apercu.rendu) == (len(rendus), sum(rendus))
    return apercu


def test_ce_que_novembre_ne_peut_deduire_et_ce_que_novembre_perd_ensuite_est_rendu_une_fois(suite):
    """Two meals of October excused, one meal in November; then the meal of November is excused too."""
    excuser(suite.cantine, 10, 1, 2)
    reserver(suite.cantine, [3], mois=11)
    facturer(suite.ville, NOVEMBRE, EN_DECEMBRE)
    excuser(suite.cantine, 11, 3)
    facturer(suite.ville, DECEMBRE, EN_JANVIER)
    assert [avoir.montant for avoir in Avoir.objects.order_by("numero")] == [Decimal("3.60"), Decimal("3.60")]
    # What is left is the meal of 5 October.
    assert solde(suite.famille) == Decimal("3.60")


def test_un_credit_plus_grand_que_la_facture_de_ces_jours_va_sur_les_autres(suite):
    """The invoice of October has 3,60 € left to give back: November's gives back the rest."""
    reserver(suite.cantine, [3, 4, 5], mois=11)
    facturer(suite.ville, NOVEMBRE, EN_DECEMBRE)
    suite.octobre.etablir_avoir(Decimal("7.20"), motif="Geste", le=LE_5, par=None)
    excuser(suite.cantine, 10, 1, 2, 5)
    reserver(suite.cantine, [1], mois=12)
    facturer(suite.ville, DECEMBRE, EN_JANVIER)
    premier, second = Avoir.objects.filter(campagne__isnull=False).order_by("numero")
    assert (premier.facture, premier.montant) == (suite.octobre, Decimal("3.60"))
    assert (second.facture, second.montant) == (suite.novembre, Decimal("3.60"))
    # All the days are on one paper; the other says where it comes from.
    assert lignes(premier) == [
        ("Restauration scolaire", "1.00", "3.60"),
        ("Régularisation\u00a0: Restauration scolaire", "-3.00", "-10.80"),
        (f"Rendu sur la facture {suite.novembre.reference}", "1.00", "3.60"),
    ]
    assert lignes(second) == [(f"Suite de l’avoir sur la facture {suite.octobre.reference}", "1.00", "-3.60")]
    # Three meals of November, one of December, less the gesture.
    assert solde(suite.famille) == Decimal("7.20")


def test_ce_qu_aucune_facture_ne_peut_rendre_est_nomme_et_repris_le_mois_d_apres(suite):
    suite.octobre.etablir_avoir(Decimal("9.00"), motif="Geste", le=LE_5, par=None)
    excuser(suite.cantine, 10, 1, 2)
    apercu = facturer(suite.ville, NOVEMBRE, EN_DECEMBRE)
    (reste,) = [une for une in apercu.anomalies if une.titre.startswith("Reste à rendre")]
    assert reste.textes == [f"{suite.famille}\u00a0: 7,20\u00a0€"]
    assert not Avoir.objects.filter(campagne__isnull=False).exists()
    reserver(suite.cantine, [1, 2, 3], mois=12)
    facturer(suite.ville, DECEMBRE, EN_JANVIER)
    assert suite.famille.factures.get(du=DECEMBRE[0]).montant == Decimal("3.60")


def test_un_qf_qui_baisse_deux_mois_donne_une_seule_correction(suite):
    """Three meals in October, three in November: 1,50 € less each, and one meal in December."""
    suite.famille.quotients.update(valeur=900)
    reserver(suite.cantine, [6], mois=10)
    reserver(suite.cantine, [3, 4, 5], mois=11)
    facturer(suite.ville, NOVEMBRE, EN_DECEMBRE)
    du = solde(suite.famille)
    suite.famille.quotients.update(valeur=612)
    reserver(suite.cantine, [1], mois=12)
    facturer(suite.ville, DECEMBRE, EN_JANVIER)
    avoir = Avoir.objects.get()
    assert avoir.montant == Decimal("6.90")  # 7 × 1,50 € less, one meal more
    assert not suite.famille.factures.filter(du=DECEMBRE[0]).exists()
    assert solde(suite.famille) == du - Decimal("6.90")


def test_un_avoir_etabli_pendant_l_emission_n_est_pas_rendu_deux_fois(suite, monkeypatch):
    """The régie cancels the invoice between the reading of the days and the lot that gives them back."""
    excuser(suite.cantine, 10, 1, 2, 5)
    verrouiller = emission.verrouiller_toutes

    def annuler_d_abord(objets, familles):
        if not Avoir.objects.exists():
            Facture.objects.get().annuler(motif="Erreur", le=LE_5, par=None)
        return verrouiller(objets, familles)

    monkeypatch.setattr(emission, "verrouiller_toutes", annuler_d_abord)
    with time_machine.travel(EN_DECEMBRE, tick=False):
        emettre(suite.ville.campagne(NOVEMBRE))
    assert Avoir.objects.get().campagne is None
    assert solde(suite.famille) == 0


@pytest.mark.parametrize("mois", [OCTOBRE, NOVEMBRE])
def test_une_deuxieme_emission_ne_change_rien(suite, mois):
    excuser(suite.cantine, 10, 1, 2)
    suite.facturer_novembre()
    avant = list(Avoir.objects.values_list("numero", "montant"))
    with time_machine.travel(EN_JANVIER, tick=False):
        emettre(CampagneDeFacturation.objects.get(du=mois[0]))
    assert list(Avoir.objects.values_list("numero", "montant")) == avant
