"""A cell drawn by its column is, to the byte, the one that Django writes; so is the link of its row."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.contrib import admin
from django.contrib.admin.templatetags.admin_list import results
from django.db.models import ObjectDoesNotExist
from django.urls import resolve
from django.utils.functional import lazystr
from django.utils.html import format_html

from famille.models import Compte, Famille, Responsable
from socle.admin.listes.lignes import lignes

pytestmark = pytest.mark.django_db

VALEURS = {
    "texte": "<b>L'été</b>",
    "blanc": "  ",
    "rien": None,
    "ecrit": format_html("<i>{}</i>", "&"),
    "attendu": lazystr("<u>"),
    "nombre": 1234567,
    "prix": Decimal("1234.50"),
    "jour": date(2015, 4, 8),
    "instant": datetime(2015, 4, 8, 12, tzinfo=UTC),
    "plusieurs": ["a", "<b>"],
}


def rendre(valeur):
    return lambda pages, objet: valeur


@admin.display(boolean=True)
def oui_ou_non(objet):
    return objet.pk % 2 == 0 or None


@admin.display(empty_value="néant <br>")
def neant(objet):
    return ""


@admin.display(description="absent")
def absent(objet):
    raise ObjectDoesNotExist


PIEGES = [*VALEURS, oui_ou_non, neant, absent, lambda objet: objet.pk, "__str__"]


class Pages(admin.ModelAdmin):
    """Columns of every kind."""


for nom, valeur in VALEURS.items():
    setattr(Pages, nom, rendre(valeur))


def comparer(modele, colonnes, request, **options):
    """Ours, then Django's."""
    attributs = {"list_display": colonnes, **options}
    pages = type("Liste", (Pages,), attributs)(modele, admin.site)
    liste = pages.get_changelist_instance(request)
    liste.formset = None  # as its page says
    assert liste.result_list
    return [["".join(ligne) for ligne in dessinees] for dessinees in (lignes(liste), results(liste))]


@pytest.fixture
def demande_filtree(rf, agent):
    """As a browser asks for a list of which one column is sorted."""

    def demander(chemin="/admin/famille/famille/", **choix):
        request = rf.get(chemin, {"o": "1", **choix})
        request.user = agent
        request.resolver_match = resolve(chemin)
        return request

    return demander


@pytest.mark.parametrize("liens", [(), None, ["texte", "jour"]], ids=["la première", "aucune", "deux"])
def test_une_colonne_de_chaque_sorte_est_celle_de_django(dupont, martin, demande_filtree, liens):
    les_notres, celles_de_django = comparer(Famille, PIEGES, demande_filtree(), list_display_links=liens)
    assert les_notres == celles_de_django


@pytest.mark.parametrize("choix", [{}, {"_popup": "1"}])
def test_les_champs_et_les_liens_sont_ceux_de_django(dupont, martin, demande_filtree, choix):
    for modele, colonnes in [
        (Responsable, ["role", "famille", "famille_id", "mobile", "compte__identifiant", "email", "adresse", "id"]),
        (Compte, ["is_staff", "last_login", "responsable", "cree_le", "password"]),
    ]:
        les_notres, celles_de_django = comparer(modele, colonnes, demande_filtree(**choix))
        assert les_notres == celles_de_django
