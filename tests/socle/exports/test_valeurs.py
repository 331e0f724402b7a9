"""What a page writes in French is read back as what it is; a text that a spreadsheet would run is known."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils.html import format_html
from hypothesis import given
from hypothesis import strategies as st

from francais import date_courte, euros
from socle.exports.valeurs import est_une_formule, valeur


@given(st.decimals(-9_999_999, 9_999_999, places=2))
def test_une_somme_redevient_un_nombre(montant):
    assert valeur(euros(montant)) == montant


@given(st.dates())
def test_un_jour_redevient_un_jour(jour):
    assert valeur(date_courte(jour)) == jour if jour.year >= 1000 else True


@pytest.mark.parametrize(
    ("brut", "lu"),
    [
        (None, None),
        ("—", None),
        ("", None),
        (True, "Oui"),
        (False, "Non"),
        (12, 12),
        (Decimal("1.50"), Decimal("1.50")),
        ("mer. 08/04/2015", date(2015, 4, 8)),
        ("31/02/2015", "31/02/2015"),
        ("12 mercredis, 3,50 € le jour", "12 mercredis, 3,50 € le jour"),
        (format_html('<a href="/x/">{}</a>', "L’été & l’hiver"), "L’été & l’hiver"),
        (datetime(2015, 7, 1, 10, 0, tzinfo=UTC), datetime.fromisoformat("2015-07-01T12:00:00+02:00")),
    ],
)
def test_ce_que_montre_une_liste_est_une_valeur(brut, lu):
    assert valeur(brut) == lu


@pytest.mark.parametrize("debut", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "  ="])
def test_un_texte_qu_un_tableur_executerait_se_reconnait(debut):
    assert est_une_formule(f"{debut}HYPERLINK(1)")
    assert not est_une_formule(f"x{debut}")
