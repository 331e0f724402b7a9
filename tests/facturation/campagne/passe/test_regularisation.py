"""What a difference is, and on which invoice its day had been billed."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from facturation.campagne.passe.regularisation import differences
from facturation.prix.article import Article
from facturation.prix.grille import Nature, Unite

REPAS = Article(1, 1, date(2026, 10, 1), Nature.RESERVATION, Decimal(1), Unite.REPAS, Decimal("3.60"), "Tranche 1", 7)
HEURE = replace(REPAS, quantite=Decimal(60), unite=Unite.HEURE)


@pytest.mark.parametrize(("minutes", "difference"), [("60.60", []), ("61", [Decimal(1)]), ("59", [Decimal(-1)])])
def test_une_minute_est_une_difference_moins_n_en_est_pas_une(minutes, difference):
    dus = [replace(HEURE, quantite=Decimal(minutes), facture=None)]
    assert [article.quantite for article in differences(dus, [HEURE])] == difference


def test_un_jour_rendu_puis_refacture_se_reprend_sur_la_facture_qui_le_porte():
    """Given back on invoice 9, billed on 7: it is 7 that can give it back again."""
    rendu = replace(REPAS, quantite=Decimal(-1), facture=9)
    (reprise,) = differences([], [rendu, REPAS, REPAS])
    assert (reprise.quantite, reprise.facture) == (Decimal(-1), 7)


def test_un_jour_dont_seul_ce_qui_est_rendu_se_relit_se_facture_a_nouveau():
    (reprise,) = differences([], [replace(REPAS, quantite=Decimal(-1), facture=9)])
    assert (reprise.quantite, reprise.facture) == (Decimal(1), 9)
