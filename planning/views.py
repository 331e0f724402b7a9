"""The planning of a child: its month, each of its days, several of them at once."""

from datetime import date
from functools import cached_property

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.generic import TemplateView, View

import francais
from famille.connexion.requete import FamilleRequise
from famille.models import Enfant, enfants_de
from planning.mois.agenda import agenda
from planning.mois.choix import TITRES, cocher, jours_a_choisir
from planning.mois.detail import detailler
from planning.mois.enfant import MoisEnfant
from planning.mois.jour import JourEnfant
from planning.regles.legende import ETATS_DU_GUIDE, MARQUES
from socle.adresses.formes import adresse_de

# The years that the month picker accepts; others do not exist.
ANNEES = range(2000, 2100)
MOIS_DU_CHOIX = tuple(enumerate(francais.MOIS, 1))


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
    def enfants(self) -> list[Enfant]:
        """All those of the famille: one goes from a child to the other."""
        return enfants_de(self.request.famille.pk)

    @cached_property
    def enfant(self) -> Enfant:
        for enfant in self.enfants:
            if enfant.pk == self.kwargs["enfant"]:
                return enfant
        raise Http404

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
        mois = adresse_de("planning:mois", self.enfant.pk, jour.year, f"{jour.month:02}")
        # On a phone, the current month opens on today; where the grid is shown, there is no such place.
        en_cours = (jour.year, jour.month) == (aujourd_hui.year, aujourd_hui.month)
        return redirect(f"{mois}#j{aujourd_hui.day}" if en_cours else mois)


class Mois(DunEnfant, TemplateView):
    """« Planning »: a month of a child at a glance, a grid on a wide screen, an agenda on a phone."""

    template_name = "planning/mois.html"

    def get_context_data(self, **kwargs: object) -> dict:
        mois = self.mois_de(_date_ou_404(self.kwargs["annee"], self.kwargs["mois"]))
        grille = mois.grille
        aujourd_hui = timezone.localdate()
        return super().get_context_data(**kwargs) | {
            "enfant": self.enfant,
            "enfants": self.enfants,
            "grille": grille,
            "qf_est_inconnu": mois.qf_est_inconnu,
            "a_faire_d_abord": mois.a_faire_d_abord,
            "ailleurs": mois.est_inscrit_par_l_autre_foyer,
            "agenda": agenda(grille),
            "legende": grille.legende,
            "legende_complete": (*ETATS_DU_GUIDE, *MARQUES),
            "mois_du_choix": MOIS_DU_CHOIX,
            "annees_du_choix": _annees(mois, aujourd_hui),
            "aujourd_hui_ici": aujourd_hui if grille.premier <= aujourd_hui <= grille.dernier else None,
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
            "ailleurs": du_jour.est_inscrit_par_l_autre_foyer,
            "ouverts": [detail for detail in details if not detail.ferme],
            "fermes": [detail for detail in details if detail.ferme],
        }


class Choix(DunEnfant, TemplateView):
    """Several days of a month at once: by touch, by keyboard, without script."""

    template_name = "planning/choix.html"

    def get_context_data(self, **kwargs: object) -> dict:
        if self.kwargs["action"] not in TITRES:
            raise Http404
        mois = self.mois_de(_date_ou_404(self.kwargs["annee"], self.kwargs["mois"]))
        grille, action = mois.grille, self.kwargs["action"]
        prestations = jours_a_choisir(grille, action, mois.jours_complets() if action == "reservation" else set())
        coches = set(self.request.GET.getlist("jour"))
        # The button of a lot, where no script ticks its days on the spot.
        if lot := self.request.GET.get("cocher"):
            coches = cocher(prestations, coches, lot)
        return super().get_context_data(**kwargs) | {
            "enfant": self.enfant,
            "enfants": self.enfants,
            "coches": coches,
            "action": self.kwargs["action"],
            "titre": TITRES[self.kwargs["action"]],
            "grille": grille,
            "prestations": prestations,
            "a_faire_d_abord": mois.a_faire_d_abord if action == "reservation" else None,
            "ailleurs": mois.est_inscrit_par_l_autre_foyer,
            "proposes": any(prestation.jours for prestation in prestations),
        }
