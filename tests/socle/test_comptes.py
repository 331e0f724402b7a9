"""Several counts in one statement."""

from datetime import date, timedelta

import pytest
from django.db.models import Q
from django.utils import timezone

from famille.models import Enfant, Famille
from socle.requetes.comptes import ACompter, Compte, compter

pytestmark = pytest.mark.django_db


def test_chacun_son_compte_en_une_requete(django_assert_num_queries, dupont, martin):
    ancienne = timezone.now() - timedelta(days=40)
    Famille.objects.filter(pk=dupont.famille.pk).update(creee_le=ancienne)
    voulus = {
        "enfants": ACompter(Enfant.objects.all()),
        "familles": ACompter(Famille.objects.all(), "creee_le", Q(numero="1001001818332")),
        "vieux": ACompter(Enfant.objects.filter(date_naissance__lt=date(1950, 1, 1))),
    }
    with django_assert_num_queries(1):
        assert compter(voulus) == {"enfants": Compte(2), "familles": Compte(2, ancienne, 1), "vieux": Compte()}


def test_rien_a_compter_rien_a_demander(django_assert_num_queries, db):
    with django_assert_num_queries(0):
        assert compter({}) == {}
