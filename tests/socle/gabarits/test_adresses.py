"""An address is found once by its form, and is the one that Django finds."""

from datetime import date

import pytest
from django.template import Context, Template
from django.urls import NoReverseMatch, reverse, set_script_prefix

from socle.adresses.formes import _forme, adresse_de
from socle.templatetags.adresses import Adresse


def est_de_nous(gabarit: str) -> bool:
    return isinstance(Template(gabarit).nodelist[0], Adresse)


@pytest.mark.parametrize(
    ("nom", "valeurs"),
    [
        ("accueil", ()),
        ("admin:index", ()),
        ("famille:enfant", (12,)),
        ("famille:enfant", ("12",)),
        ("planning:mois", (12, 2015, "04")),
        ("planning:mois", (12, 2015, 4)),
        ("planning:choix", (12, 2015, "04", "reservation")),
        ("demandes:nouvelle_enfant", (12, "personnes-autorisees")),
        ("demandes:piece", (3, 4)),
        ("admin:famille_enfant_change", (12,)),
        # What needs quoting.
        ("admin:famille_enfant_change", ("a/b é",)),
    ],
)
def test_elle_est_celle_de_django(nom, valeurs):
    assert adresse_de(nom, *valeurs) == reverse(nom, args=valeurs)
    trous = " ".join(repr(valeur) for valeur in valeurs)
    assert Template(f"{{% url '{nom}' {trous} %}}").render(Context()) == reverse(nom, args=valeurs)


@pytest.mark.parametrize(
    ("nom", "valeurs"),
    [
        ("famille:nulle_part", ()),
        ("nulle_part:enfant", (12,)),
        ("famille:enfant", ()),
        ("famille:enfant", (12, 13)),
        ("famille:enfant", ("douze",)),
        ("famille:enfant", (None,)),
        ("planning:mois", (12, date(2015, 4, 8), "04")),
        ("demandes:nouvelle", ("à faire",)),
    ],
)
def test_ce_qui_n_est_pas_une_adresse_se_dit(nom, valeurs):
    with pytest.raises(NoReverseMatch):
        reverse(nom, args=valeurs)
    with pytest.raises(NoReverseMatch):
        adresse_de(nom, *valeurs)


@pytest.mark.parametrize(
    ("gabarit", "dessin"),
    [
        ("{% url 'famille:enfant' pk=12 %}", "/enfants/12/"),
        ("{% url page %}", "/enfants/"),
        ("{% url 'famille:'|add:'enfants' %}", "/enfants/"),
    ],
)
def test_celle_dont_le_nom_depend_de_la_page_reste_a_django(gabarit, dessin):
    assert not est_de_nous(gabarit)
    assert Template(gabarit).render(Context({"page": "famille:enfants"})) == dessin


@pytest.mark.parametrize(
    ("gabarit", "dessin"),
    [
        ("{% url 'famille:enfant' 12 as la %}<{{ la }}>", "</enfants/12/>"),
        ("{% url 'famille:enfant' 'douze' as la %}<{{ la }}>", "<>"),
    ],
)
def test_gardee_sous_un_nom_elle_manque_sans_bruit(gabarit, dessin):
    assert est_de_nous(gabarit)
    assert Template(gabarit).render(Context()) == dessin


def test_montee_ailleurs_elle_suit():
    set_script_prefix("/portail/")
    try:
        assert adresse_de("famille:enfant", 12) == "/portail/enfants/12/"
    finally:
        set_script_prefix("/")
    assert adresse_de("famille:enfant", 12) == "/enfants/12/"


def test_elle_n_est_cherchee_qu_une_fois(monkeypatch):
    adresse_de("famille:enfant", 12)
    trouvees = _forme.cache_info().misses
    assert [adresse_de("famille:enfant", pk) for pk in (13, 14)] == ["/enfants/13/", "/enfants/14/"]
    assert _forme.cache_info().misses == trouvees
