"""Periods from … to …, both days included, whose end may be open."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db.models import DateField, Value
from django.db.models.functions import Cast

from socle.periodes import couvre, dans_l_ordre, entre, refuser_le_desordre, sans_chevauchement

LUNDI, MARDI, MERCREDI, JEUDI = (date(2015, 4, jour) for jour in (6, 7, 8, 9))


@pytest.mark.parametrize(
    ("du", "au", "couverts"),
    [
        (MARDI, MERCREDI, [False, True, True, False]),
        (MARDI, MARDI, [False, True, False, False]),
        (MARDI, None, [False, True, True, True]),
    ],
)
def test_les_deux_bornes_en_sont(du, au, couverts):
    assert [couvre(du, au, jour) for jour in (LUNDI, MARDI, MERCREDI, JEUDI)] == couverts


@pytest.mark.parametrize(("du", "au"), [(MARDI, MARDI), (MARDI, JEUDI), (MARDI, None), (None, MARDI), (None, None)])
def test_une_fin_suit_son_debut_ou_reste_ouverte(du, au):
    assert refuser_le_desordre(du, au) is None


def test_une_fin_avant_son_debut_se_dit_sur_la_fin():
    with pytest.raises(ValidationError) as refus:
        refuser_le_desordre(MERCREDI, MARDI)
    assert refus.value.message_dict == {"au": ["La fin doit suivre le début."]}


def periode(du: date, au: date | None) -> dict[str, Cast]:
    return {nom: Cast(Value(jour), DateField()) for nom, jour in (("du", du), ("au", au))}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("du", "au", "tient"), [(MARDI, MARDI, True), (MARDI, JEUDI, True), (MARDI, None, True), (MERCREDI, MARDI, False)]
)
def test_postgresql_tient_la_meme_regle(du, au, tient):
    assert dans_l_ordre().check(periode(du, au)) is tient


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("du", "au", "en_vigueur"),
    [
        (LUNDI, LUNDI, False),
        (LUNDI, MARDI, True),
        (MERCREDI, JEUDI, True),
        (JEUDI, JEUDI, False),
        (LUNDI, JEUDI, True),
        (LUNDI, None, True),
        (MERCREDI, None, True),
        (JEUDI, None, False),
    ],
)
def test_ce_qui_est_en_vigueur_un_jour_de_mardi_a_mercredi(du, au, en_vigueur):
    assert entre(MARDI, MERCREDI).check(periode(du, au)) is en_vigueur


@pytest.mark.parametrize(
    ("message", "dit"),
    [("Déjà inscrit.", "Déjà inscrit."), ("", "n’est pas respectée")],
)
def test_un_chevauchement_se_dit_dans_les_mots_du_modele_ou_de_django(message, dit):
    assert dit in sans_chevauchement("une", "enfant", message=message).get_violation_error_message()
