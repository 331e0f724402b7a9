"""An address without arguments is found once, and is the one that Django finds."""

import pytest
from django.template import Context, Template
from django.urls import NoReverseMatch, reverse, set_script_prefix

from socle.templatetags.adresses import AdresseFixe, adresse_fixe


def noeud(gabarit: str) -> object:
    return Template(gabarit).nodelist[0]


@pytest.mark.parametrize("nom", ["accueil", "famille:enfants", "admin:index"])
def test_elle_est_celle_de_django(nom):
    assert adresse_fixe(nom) == reverse(nom)
    gabarit = f"{{% url '{nom}' %}}"
    assert isinstance(noeud(gabarit), AdresseFixe)
    assert Template(gabarit).render(Context()) == reverse(nom)


@pytest.mark.parametrize(
    ("gabarit", "dessin"),
    [
        ("{% url 'famille:enfant' 12 %}", "/enfants/12/"),
        ("{% url 'famille:enfant' pk=12 %}", "/enfants/12/"),
        ("{% url page %}", "/enfants/"),
        ("{% url 'famille:enfants' as la %}<{{ la }}>", "</enfants/>"),
        ("{% url 'famille:'|add:'enfants' %}", "/enfants/"),
    ],
)
def test_celle_qui_depend_de_la_page_reste_a_django(gabarit, dessin):
    assert not isinstance(noeud(gabarit), AdresseFixe)
    assert Template(gabarit).render(Context({"page": "famille:enfants"})) == dessin


def test_une_page_qui_n_existe_pas_le_dit():
    with pytest.raises(NoReverseMatch):
        Template("{% url 'famille:nulle_part' %}").render(Context())


def test_montee_ailleurs_elle_suit():
    avant = adresse_fixe("famille:enfants")
    set_script_prefix("/portail/")
    try:
        assert adresse_fixe("famille:enfants") == "/portail" + avant
    finally:
        set_script_prefix("/")
    assert adresse_fixe("famille:enfants") == avant
