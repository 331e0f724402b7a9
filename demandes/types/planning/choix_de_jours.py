"""The days of a child on the page where a parent ticks them: each with its price, or why it cannot be asked for."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Self

from django.http import QueryDict
from django.utils import timezone

from demandes.genre.formulaire import Groupe
from demandes.genre.type_demande import TypeDemande
from demandes.types.planning.code_de_jour import lire_jour, se_lit
from demandes.types.planning.jours_de_l_enfant import JoursDeLEnfant
from demandes.types.planning.jours_voulus import JOURS_MAX, JoursVoulusField, JourVoulu
from demandes.types.planning.prix import prix_si
from facturation.prix.devis import total
from famille.models import Enfant, Famille
from planning.erreurs import DossierIncomplet
from planning.models import Inscription
from planning.regles.calendrier import Calendrier


class ChoixDeJours(TypeDemande):
    """The form: days to tick, their total, and what is written beside them."""

    # « 2015-04 », when the page was opened from the choice of several days.
    mois_choisi = ""
    # The days that are ticked in a form that is not sent yet; None: all that can be asked for.
    coches: set[str] | None = None

    jours = JoursVoulusField(label="Jours")

    def examiner_jours(self, inscription: Inscription, jours: list[date], calendrier: Calendrier) -> list[JourVoulu]:
        """Each of these days, with why it cannot be asked for, if so."""
        raise NotImplementedError

    @classmethod
    def ouvrir(cls, famille: Famille, enfant: Enfant | None, parametres: QueryDict) -> Self:
        """`?inscription=12&jours=2015-04-08,2015-04-09`, both as often as need be, or `?jour=12:2015-04-08&jour=…`."""
        contenu = cls(famille, enfant)
        contenu.mois_choisi = parametres.get("mois", "")
        codes = list(parametres.getlist("jour"))
        for inscription, jours in zip(parametres.getlist("inscription"), parametres.getlist("jours"), strict=False):
            codes += [f"{inscription}:{jour}" for jour in jours.split(",")]
        contenu.voulus = contenu.examiner(codes)
        return contenu

    @classmethod
    def sans_juger(cls, famille: Famille, enfant: Enfant | None, saisie: QueryDict) -> Self:
        contenu = super().sans_juger(famille, enfant, saisie)
        contenu.mois_choisi, contenu.coches = saisie.get("mois", ""), set(saisie.getlist("jours"))
        contenu.voulus = contenu.examiner([*saisie.getlist("jours"), *saisie.getlist("proposes")])
        return contenu

    @cached_property
    def voulus(self) -> list[JourVoulu]:
        """The days of a form that was sent: those that are ticked, and those that no longer are."""
        return self.examiner([*_liste(self.data, "jours"), *_liste(self.data, "proposes")])

    def examiner(self, codes: Iterable[str]) -> list[JourVoulu]:
        """The child's days among those, each with the reason why it cannot be asked for, if any."""
        lisibles = list(dict.fromkeys(filter(se_lit, codes)))[:JOURS_MAX]
        voulus: list[JourVoulu] = []
        for inscription, jours in self.planning.par_inscription(lisibles):
            voulus += self.examiner_jours(inscription, jours, self.planning.calendrier(jours))
        voulus = sorted(voulus, key=lambda voulu: (voulu.jour, voulu.inscription.prestation_id))
        devis = self.planning.devis((voulu.inscription, voulu.jour) for voulu in voulus if not voulu.refus)
        return [
            replace(voulu, prix=prix_si(devis, voulu.inscription, voulu.jour, voulu.devient))
            if devis and not voulu.refus
            else voulu
            for voulu in voulus
        ]

    @property
    def possibles(self) -> list[JourVoulu]:
        return [voulu for voulu in self.voulus if not voulu.refus]

    @property
    def impossibles(self) -> list[JourVoulu]:
        return [voulu for voulu in self.voulus if voulu.refus]

    @property
    def a_faire_d_abord(self) -> DossierIncomplet | None:
        """What the centre wants of the record before it takes these days."""
        return None

    @property
    def jours_coches(self) -> set[str]:
        """At opening, all that can be asked for."""
        if self.is_bound:
            return set(self["jours"].value() or [])
        return {voulu.code for voulu in self.possibles} if self.coches is None else self.coches

    @property
    def total(self) -> str:
        """Of the days that are ticked; empty if a price is not known."""
        return total(voulu.prix for voulu in self.possibles if voulu.code in self.jours_coches)

    @property
    def mois(self) -> date:
        """The month to go back to in the planning: that of the days, else the one they were to be chosen in."""
        if self.voulus:
            return self.voulus[0].jour
        premier = f"0:{self.mois_choisi or self.data.get('mois', '')}-01"
        return lire_jour(premier)[1] if se_lit(premier) else timezone.localdate()

    def en_groupes(self) -> list[Groupe]:
        """The fields that are not the days: those have their own place on the page."""
        champs = [champ for champ in self if champ.name != "jours"]
        return [Groupe("", champs)] if champs else []

    @cached_property
    def planning(self) -> JoursDeLEnfant:
        return JoursDeLEnfant(self.famille, self.enfant)


def _liste(data: Mapping, nom: str) -> list[str]:
    return data.getlist(nom) if isinstance(data, QueryDict) else data.get(nom, [])
