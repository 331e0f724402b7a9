"""A billed day: what it is worth, rounded once, and how its quantity is told."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facturation.prix.article import Article, valeur
from facturation.prix.grille import Nature, Unite

LUNDI = date(2026, 10, 5)


def article(quantite: str, unite: Unite, prix: str = "3.00") -> Article:
    return Article(2, 4, LUNDI, Nature.RESERVATION, Decimal(quantite), unite, Decimal(prix), "Tranche 1")


@pytest.mark.parametrize(
    ("quantite", "unite", "prix", "montant"),
    [
        ("1", Unite.JOURNEE, "7.30", "7.30"),
        ("2", Unite.REPAS, "3.60", "7.20"),
        ("-1", Unite.REPAS, "3.60", "-3.60"),
        ("60", Unite.HEURE, "3.00", "3.00"),
        ("20", Unite.HEURE, "3.00", "1.00"),
        ("10", Unite.HEURE, "1.00", "0.17"),
        ("-10", Unite.HEURE, "1.00", "-0.17"),
    ],
)
def test_a_l_heure_on_compte_en_minutes_et_l_on_n_arrondit_qu_une_fois(quantite, unite, prix, montant):
    une = article(quantite, unite, prix)
    assert une.montant == valeur(une.quantite, unite, une.prix) == Decimal(montant)


@given(st.integers(1, 20), st.integers(1, 60))
def test_vingt_minutes_trois_fois_font_une_heure(jours, minutes):
    """Minutes are added before they are priced: 60 of them are an hour, in however many parts."""
    assert valeur(Decimal(minutes * jours * 60), Unite.HEURE, Decimal("3.00")) == Decimal(3 * minutes * jours)


@pytest.mark.parametrize(
    ("quantite", "unite", "dite", "en_minutes"),
    [
        ("90", Unite.HEURE, "1\u00a0h\u00a030", True),
        ("90.6", Unite.HEURE, "1\u00a0h\u00a031", False),
        ("1", Unite.REPAS, "1\u00a0repas", False),
        ("2", Unite.JOURNEE, "2\u00a0journées", False),
    ],
)
def test_une_quantite_se_dit_et_se_garde_en_minutes_entieres(quantite, unite, dite, en_minutes):
    une = article(quantite, unite)
    assert (une.quantite_dite, une.est_en_minutes) == (dite, en_minutes)
    assert une.cle == (2, 4, LUNDI)
