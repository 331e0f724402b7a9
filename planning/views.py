"""The planning of a child: its month, and each of its days."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.generic import TemplateView, View

import francais
from famille.access import FamilleRequise
from famille.models import Enfant
from planning.agenda import agenda
from planning.details import details_du_jour
from planning.mois import MoisEnfant
from planning.statuts import MARQUES, Statut

# The years that the month picker accepts; others do not exist.
ANNEES = range(2000, 2100)


def _date_ou_404(annee: int, mois: int, quantieme: int = 1) -> date:
    if annee not in ANNEES:
        raise Http404
    try:
        return date(annee, mois, quantieme)
    except ValueError:
        raise Http404 from None


class Planning(FamilleRequise, View):
    """Leads to a month: the one chosen in the picker, or the current one."""

    def get(self, request: HttpRequest, enfant: int) -> HttpResponse:
        aujourd_hui = timezone.localdate()
        try:
            jour = date(int(request.GET["annee"]), int(request.GET["mois"]), 1)
        except (KeyError, ValueError, OverflowError):
            jour = aujourd_hui
        jour = jour if jour.year in ANNEES else aujourd_hui
        return redirect("planning:mois", enfant=enfant, annee=jour.year, mois=f"{jour.month:02}")


class Mois(FamilleRequise, TemplateView):
    """« Planning »: a month of a child at a glance, a grid on a wide screen, an agenda on a phone."""

    template_name = "planning/mois.html"

    def get_context_data(self, **kwargs) -> dict:
        enfant = get_object_or_404(self.request.famille.enfants.all(), pk=kwargs["enfant"])
        premier = _date_ou_404(kwargs["annee"], kwargs["mois"])
        mois = MoisEnfant(enfant, self.request.famille, premier.year, premier.month)
        grille = mois.grille
        return super().get_context_data(**kwargs) | {
            "enfant": enfant,
            "grille": grille,
            "agenda": agenda(grille),
            "legende": grille.legende,
            "legende_complete": [statut for statut in Statut if statut not in MARQUES] + list(MARQUES),
            "mois_du_choix": list(enumerate(francais.MOIS, 1)),
            "annees_du_choix": _annees(mois, timezone.localdate()),
        }


def _annees(mois: MoisEnfant, aujourd_hui: date) -> range:
    """From the child's birth to next year, and the year being read."""
    debut = min(mois.enfant.date_naissance.year, mois.annee)
    return range(debut, max(aujourd_hui.year + 1, mois.annee) + 1)


class Jour(FamilleRequise, TemplateView):
    """A day of a child, prestation by prestation: what the cell's menu says, on a page of its own.

    `?prestation=<id>` from the grid's script: that prestation's part alone.
    """

    def get_template_names(self) -> list[str]:
        return ["planning/menu.html" if "prestation" in self.request.GET else "planning/jour.html"]

    def get_context_data(self, **kwargs) -> dict:
        enfant: Enfant = get_object_or_404(self.request.famille.enfants.all(), pk=kwargs["enfant"])
        jour = _date_ou_404(kwargs["annee"], kwargs["mois"], kwargs["quantieme"])
        mois = MoisEnfant(enfant, self.request.famille, jour.year, jour.month)
        details = details_du_jour(mois, jour)
        voulue = self.request.GET.get("prestation")
        if voulue is not None:
            details = [detail for detail in details if str(detail.cle) == voulue]
            if not details:
                raise Http404
        colonne = mois.grille.colonnes[jour.day - 1]
        return super().get_context_data(**kwargs) | {
            "enfant": enfant,
            "jour": jour,
            "colonne": colonne,
            "details": details,
        }
