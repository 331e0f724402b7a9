"""What is measured, and what it must cost. Every app adds its pages here."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from famille.models import Famille


@dataclass(frozen=True)
class Cible:
    """A target: SQL statements, KiB of HTML, milliseconds at the median, requests a second. None: no target."""

    sql: int | None = None
    html: int | None = None
    p50: float | None = None
    debit: float | None = None


@dataclass(frozen=True)
class Page:
    """A page, as a parent of that famille asks for it."""

    nom: str
    adresse: Callable[[Famille], str]
    cible: Cible = Cible()


# design.md §9: home, statement, inbox, requests.
COURANTE = Cible(sql=8, p50=10, debit=250)


def _simple(nom_de_vue: str) -> Callable[[Famille], str]:
    return lambda famille: reverse(nom_de_vue)


def _enfant(famille: Famille) -> str:
    return reverse("famille:enfant", args=[famille.enfants.all()[0].pk])


def _mois(famille: Famille) -> str:
    """The guide's April 2015: seven prestations."""
    return reverse("planning:mois", args=[famille.enfants.get(prenom="Léa").pk, 2015, "04"])


def _facture(famille: Famille) -> str:
    """The guide's AL-36, drawn long ago."""
    return famille.factures.get(numero=36).get_absolute_url()


REFERENCE = Page("page vide", _simple("vide"))

PAGES = [
    Page("accueil", _simple("accueil"), COURANTE),
    Page("mon compte", _simple("famille:mon_compte"), COURANTE),
    Page("mes enfants", _simple("famille:enfants"), COURANTE),
    Page("fiche d’un enfant", _enfant, COURANTE),
    Page("mois d’un enfant", _mois, Cible(sql=8, html=60, p50=15, debit=150)),
    Page("relevé de compte", _simple("facturation:releve"), COURANTE),
    Page("facture en PDF", _facture, Cible(p50=5)),
    Page("boîte de réception", _simple("messagerie:messages"), COURANTE),
    Page("liste des demandes", _simple("demandes:liste"), COURANTE),
]

CONNEXION = Cible(p50=60)  # milliseconds, password hash included
