"""The planning of a child: its month, each of its days, several of them at once."""

from datetime import date
from functools import cached_property

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.generic import TemplateView, View

import francais
from famille.connexion.requete import FamilleRequise
from famille.models import Enfant
from planning.mois.agenda import agenda
from planning.mois.choix import TITRES, jours_a_choisir
from planning.mois.detail import detailler
from planning.mois.enfant import MoisEnfant
from planning.mois.jour import JourEnfant
from planning.regles.legende import ETATS_DU_GUIDE, MARQUES

# The years that the month picker accepts; others do not exist.
ANNEES = range(2000, 2100)


def _date_ou_404(annee: int, mois: int, quantieme: int = 1) -> date:
    if annee not in ANNEES:
        raise Http404
    try:
        return date(annee, mois, quantieme)
    except ValueError:
        raise Http404 from None


class DunEnfant(FamilleRequise):
    """A page about a child of the famille; another famille's child does not exist."""

    @cached_property
    def enfant(self) -> Enfant:
        return get_object_or_404(self.request.famille.enfants.all(), pk=self.kwargs["enfant"])

    def mois_de(self, jour: date) -> MoisEnfant:
        return MoisEnfant(self.enfant, self.request.famille, jour.year, jour.month)


class Planning(DunEnfant, View):
    """Leads to a month: the one chosen in the picker, or the current one."""

    def get(self, request: HttpRequest, enfant: int) -> HttpResponse:
        aujourd_hui = timezone.localdate()
        try:
            jour = date(int(request.GET["annee"]), int(request.GET["mois"]), 1)
        except (KeyError, ValueError, OverflowError):
            jour = aujourd_hui
        jour = jour if jour.year in ANNEES else aujourd_hui
        return redirect("planning:mois", enfant=self.enfant.pk, annee=jour.year, mois=f"{jour.month:02}")


class Mois(DunEnfant, TemplateView):
    """« Planning »: a month of a child at a glance, a grid on a wide screen, an agenda on a phone."""

    template_name = "planning/mois.html"

    def get_context_data(self, **kwargs: object) -> dict:
        mois = self.mois_de(_date_ou_404(self.kwargs["annee"], self.kwargs["mois"]))
        grille = mois.grille
        aujourd_hui = timezone.localdate()
        return super().get_context_data(**kwargs) | {
            "enfant": self.enfant,
            "grille": grille,
            "qf_est_inconnu": mois.qf_est_inconnu,
            "agenda": agenda(grille),
            "legende": grille.legende,
            "legende_complete": [*ETATS_DU_GUIDE, *MARQUES],
            "mois_du_choix": list(enumerate(francais.MOIS, 1)),
            "annees_du_choix": _annees(mois, aujourd_hui),
            "est_le_mois_en_cours": grille.premier <= aujourd_hui <= grille.dernier,
        }


def _annees(mois: MoisEnfant, aujourd_hui: date) -> range:
    """From the child's birth to next year, and the year being read."""
    debut = min(mois.enfant.date_naissance.year, mois.annee)
    return range(debut, max(aujourd_hui.year + 1, mois.annee) + 1)


class Jour(DunEnfant, TemplateView):
    """A day of a child, prestation by prestation: what the cell's menu says, on a page of its own.

    `?prestation=<id>` from the grid's script: that prestation's part alone.
    """

    def get_template_names(self) -> list[str]:
        return ["planning/menu.html" if "prestation" in self.request.GET else "planning/jour.html"]

    def get_context_data(self, **kwargs: object) -> dict:
        jour = _date_ou_404(self.kwargs["annee"], self.kwargs["mois"], self.kwargs["quantieme"])
        du_jour = JourEnfant(self.enfant, self.request.famille, jour)
        details = detailler(du_jour)
        voulue = self.request.GET.get("prestation")
        if voulue is not None:
            details = [detail for detail in details if str(detail.cle) == voulue]
            if not details:
                raise Http404
        return super().get_context_data(**kwargs) | {
            "enfant": self.enfant,
            "jour": jour,
            "colonne": du_jour.grille.colonnes[jour.day - 1],
            "details": details,
            "ouverts": [detail for detail in details if not detail.ferme],
            "fermes": [detail for detail in details if detail.ferme],
        }


class Choix(DunEnfant, TemplateView):
    """Several days of a month at once: by touch, by keyboard, without script."""

    template_name = "planning/choix.html"

    def get_context_data(self, **kwargs: object) -> dict:
        if self.kwargs["action"] not in TITRES:
            raise Http404
        grille = self.mois_de(_date_ou_404(self.kwargs["annee"], self.kwargs["mois"])).grille
        return super().get_context_data(**kwargs) | {
            "enfant": self.enfant,
            "titre": TITRES[self.kwargs["action"]],
            "grille": grille,
            "prestations": jours_a_choisir(grille, self.kwargs["action"]),
        }
