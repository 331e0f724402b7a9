"""What is measured, and what it must cost. Every app adds its pages here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from demandes.models import Demande
from facturation.models import CampagneDeFacturation
from famille.models import Famille
from planning.models import Reservation


@dataclass(frozen=True)
class Cible:
    """A target: SQL statements, KiB of HTML, CPU of the web process in empty views. None: no target."""

    sql: int | None = None
    html: int | None = None
    fois: float | None = None


@dataclass(frozen=True)
class Page:
    """A page, as a parent of that famille, or an agent, asks for it."""

    nom: str
    adresse: Callable[[Famille], str]
    cible: Cible = Cible()


# design.md §9.
COURANTE, GRILLE, PAPIER = Cible(sql=8, fois=2.5), Cible(sql=8, html=60, fois=3.5), Cible(fois=2.0)
BUREAU = Cible(sql=15, fois=8.0)
ENFANTS_D_UN_APPEL = 71
CONNEXION = 1.3  # times the password hash alone


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


def _un_jour_ordinaire() -> tuple[int, date]:
    """The prestation and the day, today at most, with about as many children as a centre receives."""
    passees = Reservation.objects.filter(jour__lte=timezone.localdate()).order_by()
    par_jour = passees.values_list("prestation_id", "jour").annotate(nombre=Count("pk"))
    return min(par_jour.order_by("-jour"), key=lambda jour: abs(jour[2] - ENFANTS_D_UN_APPEL))[:2]


def _appel(famille: Famille) -> str:
    prestation, jour = _un_jour_ordinaire()
    return reverse("admin:planning_prestation_appel", args=[prestation, jour.year, jour.month, jour.day])


def _mois_de_prestation(famille: Famille) -> str:
    prestation, jour = _un_jour_ordinaire()
    return reverse("admin:planning_prestation_mois", args=[prestation, jour.year, jour.month])


def _apercu(famille: Famille) -> str:
    campagne = CampagneDeFacturation.objects.order_by("-au")[0]
    return reverse("admin:facturation_campagnedefacturation_apercu", args=[campagne.pk])


REFERENCE = Page("page vide", _simple("vide"))

PAGES = [
    Page("accueil", _simple("accueil"), COURANTE),
    Page("mon compte", _simple("famille:mon_compte"), COURANTE),
    Page("mes enfants", _simple("famille:enfants"), COURANTE),
    Page("fiche d’un enfant", _enfant, COURANTE),
    Page("mois d’un enfant", _mois, GRILLE),
    Page("relevé de compte", _simple("facturation:releve"), COURANTE),
    Page("facture en PDF", _facture, PAPIER),
    Page("boîte de réception", _simple("messagerie:messages"), COURANTE),
    Page("liste des demandes", _simple("demandes:liste"), COURANTE),
]

AGENTS = [
    Page("tableau de bord", _simple("admin:index"), BUREAU),
    Page("recherche", lambda famille: reverse("admin:guichet_recherche") + "?q=mar", BUREAU),
    Page("recherche, une faute", lambda famille: reverse("admin:guichet_recherche") + "?q=martni", BUREAU),
    Page("file des demandes", _simple("admin:demandes_demande_changelist"), BUREAU),
    Page(
        "une demande",
        lambda famille: reverse("admin:demandes_demande_change", args=[Demande.objects.order_by("-pk")[0].pk]),
        BUREAU,
    ),
    Page(
        "une famille",
        lambda famille: reverse("admin:famille_famille_change", args=[famille.pk]),
        BUREAU,
    ),
    Page("liste des familles", _simple("admin:famille_famille_changelist"), BUREAU),
    Page("un appel", _appel, BUREAU),
    Page("mois d’une prestation", _mois_de_prestation, BUREAU),
    Page("aperçu de campagne", _apercu, BUREAU),
    Page(
        "factures en retard",
        lambda famille: reverse("admin:facturation_facture_changelist") + "?reste=retard",
        BUREAU,
    ),
]
