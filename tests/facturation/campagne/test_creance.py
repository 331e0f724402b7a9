"""What one famille owes, before anything is known of it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from facturation.campagne.creance import Creance
from facturation.prix.article import Article
from facturation.prix.grille import Nature, Unite

REPAS = Article(1, 1, date(2026, 10, 1), Nature.RESERVATION, Decimal(1), Unite.REPAS, Decimal("3.60"), "Tranche 1")


def test_de_qui_l_on_ne_sait_rien_n_est_a_signaler_pour_rien():
    creance = Creance(1)
    assert creance.resident
    signale = (creance.sans_qf, creance.sans_payeur, creance.sans_adresse, creance.deja_facturee)
    assert signale == (False, False, False, False)
    assert (creance.en_suspens, creance.venus_en_suspens, creance.rend_des_jours) == (0, 0, False)


def test_un_seul_jour_rendu_suffit_a_rendre():
    rendu = replace(REPAS, quantite=Decimal(-1))
    assert Creance(1, regularisations=[REPAS, rendu]).rend_des_jours
    assert not Creance(1, articles=[REPAS], regularisations=[REPAS]).rend_des_jours
