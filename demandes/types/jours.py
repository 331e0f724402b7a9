"""Requests about days of a child's planning: which may be asked for, and why the others may not.

The days' state is the planning's: these kinds only call its verbs. A day is written « inscription:date ».
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Self

from django import forms
from django.utils import timezone

import francais
from demandes.types.base import MES_ENFANTS, Ecart, Groupe, Option, Part, TypeDemande
from famille.models import Compte, Enfant, Famille
from planning.models import Inscription, Reservation, lire_calendrier
from planning.regles.calendrier import Calendrier
from planning.regles.etats import Etat
from planning.regles.regles_du_jour import ReglesDuJour

from .valeurs import Json

if TYPE_CHECKING:
    from demandes.models import Demande

JOURS_MAX = 366
# Beyond, the calendar's own arithmetic ends.
ANNEES = range(2000, 2100)


@dataclass(frozen=True)
class JourVoulu:
    """A day of an inscription, and why it cannot be asked for (empty: it can)."""

    inscription: Inscription
    jour: date
    refus: str = ""

    @property
    def code(self) -> str:
        return _ecrire(self.inscription.pk, self.jour)

    @property
    def libelle(self) -> str:
        return f"{francais.date_longue(self.jour)}, {self.inscription.prestation.nom}"


class JoursVoulusField(forms.MultipleChoiceField):
    """The days to ask for. Which ones exist depends on the child: see `TypePlanning.clean_jours`."""

    widget = forms.CheckboxSelectMultiple
    default_error_messages = {"required": "Choisissez au moins un jour.", "illisible": "Ces jours sont illisibles."}

    def valid_value(self, value: str) -> bool:
        return True

    def validate(self, value: list[str]) -> None:
        super().validate(value)
        if len(value) > JOURS_MAX or any(_lire(code) is None for code in value):
            raise forms.ValidationError(self.error_messages["illisible"], code="illisible")


def _lire(code: str) -> tuple[int, date] | None:
    """« 12:2015-04-08 » → (12, 8 April 2015)."""
    inscription, _, texte = code.partition(":")
    try:
        cle, jour = int(inscription), date.fromisoformat(texte)
    except ValueError:
        return None
    return (cle, jour) if jour.year in ANNEES else None


def _ecrire(cle: int, jour: date) -> str:
    return f"{cle}:{jour.isoformat()}"


class TypePlanning(TypeDemande):
    """Days of a child, on one or several inscriptions of the famille."""

    onglet, rang = MES_ENFANTS, 0
    permission = "demandes.decider_du_planning"
    gabarit = "demandes/planning.html"
    colonnes = {}
    options: ClassVar[tuple[Option, ...]] = ()

    # « 2015-04 », when the page was opened from the choice of several days.
    mois_choisi = ""

    _lu: tuple[date, date, Calendrier] | None = None

    jours = JoursVoulusField(label="Jours")

    @classmethod
    def ouvrir(cls, famille: Famille, enfant: Enfant | None, parametres: Mapping[str, str]) -> Self:
        """`?inscription=12&jours=2015-04-08,2015-04-09`, both as often as need be, or `?jour=12:2015-04-08&jour=…`."""
        contenu = cls(famille, enfant)
        contenu.mois_choisi = parametres.get("mois", "")
        codes = list(parametres.getlist("jour"))
        for inscription, jours in zip(parametres.getlist("inscription"), parametres.getlist("jours"), strict=False):
            codes += [f"{inscription}:{jour}" for jour in jours.split(",")]
        contenu.voulus = contenu.examiner([code for code in codes if _lire(code)][:JOURS_MAX])
        return contenu

    def examiner(self, codes: Iterable[str]) -> list[JourVoulu]:
        """The child's days among those, each with the reason why it cannot be asked for, if any."""
        par_inscription: dict[int, set[date]] = {}
        for code in codes:
            cle, jour = _lire(code)
            par_inscription.setdefault(cle, set()).add(jour)
        voulus: list[JourVoulu] = []
        for inscription in self._inscriptions(par_inscription):
            jours = sorted(par_inscription[inscription.pk])
            voulus += self._examiner(inscription, jours, self._calendrier(jours))
        return sorted(voulus, key=lambda voulu: (voulu.jour, voulu.inscription.prestation_id))

    @cached_property
    def voulus(self) -> list[JourVoulu]:
        """The days of a form that was sent."""
        codes = self.data.getlist("jours") if hasattr(self.data, "getlist") else self.data.get("jours", [])
        return self.examiner([code for code in codes if _lire(code)][:JOURS_MAX])

    @property
    def possibles(self) -> list[JourVoulu]:
        return [voulu for voulu in self.voulus if not voulu.refus]

    @property
    def impossibles(self) -> list[JourVoulu]:
        return [voulu for voulu in self.voulus if voulu.refus]

    @property
    def jours_coches(self) -> set[str]:
        """At opening, all that can be asked for."""
        return set(self["jours"].value() or []) if self.is_bound else {voulu.code for voulu in self.possibles}

    @property
    def mois(self) -> date:
        """The month to go back to in the planning: that of the days, else the one they were to be chosen in."""
        if self.voulus:
            return self.voulus[0].jour
        lu = _lire(f"0:{self.mois_choisi or self.data.get('mois', '')}-01")
        return lu[1] if lu else timezone.localdate()

    def clean_jours(self) -> list[str]:
        # « 20150408 » is the same day: it is written one way only.
        codes = sorted({_ecrire(*_lire(code)) for code in self.cleaned_data["jours"]})
        connues = {i.pk for i in self._inscriptions({_lire(code)[0] for code in codes})}
        if {_lire(code)[0] for code in codes} - connues:
            raise forms.ValidationError("Ces jours ne sont pas de cet enfant.", code="inconnus")
        return codes

    @cached_property
    def changements(self) -> dict[str, Json]:
        """The days, and the prestations' names of then: a list tells them without a query."""
        jours = self.cleaned_data["jours"]
        inscriptions = self._inscriptions({_lire(code)[0] for code in jours})
        return {
            **{nom: valeur for nom, valeur in self.cleaned_data.items() if nom != "jours"},
            "jours": jours,
            "prestations": {str(i.pk): i.prestation.nom for i in inscriptions},
        }

    @property
    def remplaces(self) -> dict[str, Json]:
        return {}

    def exiger(self, valeurs: Mapping[str, Json]) -> None:
        """At acceptance, the days must still be open, and the child enrolled."""
        super().exiger({nom: valeur for nom, valeur in valeurs.items() if nom in self.fields})

    def en_groupes(self) -> list[Groupe]:
        """The fields that are not the days: those have their own place on the page."""
        champs = [champ for champ in self if champ.name != "jours"]
        return [Groupe("", champs)] if champs else []

    def deposer(self, demande: Demande) -> None:
        for inscription, jours in self._par_inscription(self.cleaned_data["jours"]):
            self.demander(inscription, jours, demande)

    def prendre_en_charge(self, demande: Demande) -> None:
        for journee in self._journees(demande).values():
            if journee.etat in (Etat.DEMANDEE, Etat.ABSENCE_DEMANDEE):
                journee.prendre_en_charge(par=demande.prise_en_charge_par)

    def appliquer(self, demande: Demande) -> None:
        decision = demande.decision
        for code, journee in self._journees(demande).items():
            if code not in decision.refusees:
                self.accepter_jour(journee, demande, decision.choix.get(code, ""))
            elif journee.est_en_attente:
                self.refuser_jour(journee, decision.motif, decision.par)

    def rejeter(self, demande: Demande) -> None:
        """The cells go back to what they were, but those that somebody has changed since."""
        decision = demande.decision
        for journee in self._journees(demande).values():
            if not journee.est_en_attente:
                continue
            if decision.verdict == decision.Verdict.RETIREE:
                journee.retirer(par=decision.par)
            else:
                self.refuser_jour(journee, decision.motif, decision.par)

    def difference(self, demande: Demande) -> list[Ecart]:
        """What was written beside the days, such as the reason of an absence. It replaces nothing."""
        return [
            Ecart(self.libelle(nom), avant="", actuel="", demande=self.montrer(nom, valeur))
            for nom, valeur in demande.valeurs.items()
            if nom in self.fields and nom != "jours"
        ]

    def empreinte(self, valeurs: Mapping[str, Json]) -> str:
        """The days are read again one by one: nothing else to compare."""
        return ""

    def parts(self, demande: Demande) -> list[Part]:
        """Each day, with what may be decided of it."""
        journees = self._journees(demande)
        notes = self._notes(demande) if demande.est_en_attente else {}
        return [
            Part(
                code,
                self.libelle_de_part(code, demande),
                self.options,
                self.defaut(journee, demande),
                notes.get(code, ()),
            )
            for code, journee in journees.items()
        ] + [
            Part(code, self.libelle_de_part(code, demande)) for code in demande.donnees["jours"] if code not in journees
        ]

    @classmethod
    def libelle_de_part(cls, code: str, demande: Demande) -> str:
        """« mercredi 8 avril 2015, ALSH Mercredi journée »."""
        inscription, jour = _lire(code)
        return f"{francais.date_longue(jour)}, {demande.donnees['prestations'].get(str(inscription), '')}"

    @classmethod
    def resume(cls, demande: Demande) -> str:
        """« Garderie matin : 5 jours, du 08/04/2015 au 14/04/2015 »."""
        noms = demande.donnees["prestations"]
        jours: dict[str, list[date]] = {}
        for inscription, jour in map(_lire, demande.donnees["jours"]):
            jours.setdefault(noms.get(str(inscription), ""), []).append(jour)
        return " · ".join(f"{nom}\u00a0: {_etendue(sorted(dates))}" for nom, dates in jours.items())

    @classmethod
    def jours_concernes(cls, demande: Demande) -> list[tuple[int, date]]:
        return [_lire(code) for code in demande.donnees["jours"]]

    @classmethod
    def echeance(cls, regles: ReglesDuJour, jour: date) -> datetime:
        """Until when that day can be asked for."""
        return regles.echeance_reservation(jour)

    # -- Days -----------------------------------------------------------------------------------------

    def demander(self, inscription: Inscription, jours: list[date], demande: Demande) -> None:
        raise NotImplementedError

    def accepter_jour(self, journee: Reservation, demande: Demande, choix: str) -> None:
        raise NotImplementedError

    def refuser_jour(self, journee: Reservation, motif: str, par: Compte) -> None:
        raise NotImplementedError

    def defaut(self, journee: Reservation, demande: Demande) -> str:
        """The option that is chosen unless the agent decides otherwise."""
        return self.options[0].code

    def _examiner(self, inscription: Inscription, jours: list[date], calendrier: Calendrier) -> list[JourVoulu]:
        raise NotImplementedError

    def _inscriptions(self, cles: Iterable[int]) -> list[Inscription]:
        """In the order in which places are taken: no deadlock between two requests."""
        inscriptions = Inscription.objects.filter(pk__in=list(cles), famille=self.famille, enfant=self.enfant)
        return list(inscriptions.select_related("prestation__structure", "enfant").order_by("prestation_id", "pk"))

    def _par_inscription(self, codes: Iterable[str]) -> Iterator[tuple[Inscription, list[date]]]:
        jours: dict[int, list[date]] = {}
        for cle, jour in map(_lire, codes):
            jours.setdefault(cle, []).append(jour)
        for inscription in self._inscriptions(jours):
            yield inscription, sorted(jours[inscription.pk])

    def _journees(self, demande: Demande) -> dict[str, Reservation]:
        """The days of the request as they are now, by code, in order."""
        journees = {}
        for inscription, jours in self._par_inscription(demande.donnees["jours"]):
            for journee in inscription.journees(jours, self._calendrier(jours)):
                journees[_ecrire(inscription.pk, journee.jour)] = journee
        return dict(sorted(journees.items(), key=lambda paire: paire[1].jour))

    def _calendrier(self, jours: list[date]) -> Calendrier:
        """Read once, for all the days of the page."""
        if self._lu is None or jours[0] < self._lu[0] or jours[-1] > self._lu[1]:
            self._lu = (jours[0], jours[-1], lire_calendrier(jours[0], jours[-1]))
        return self._lu[2]

    def _notes(self, demande: Demande) -> dict[str, tuple[str, ...]]:
        """Of each day, whether it was asked late, and whether places are short."""
        notes = {}
        for inscription, jours in self._par_inscription(demande.donnees["jours"]):
            regles = inscription.regles_du_jour(self._calendrier(jours))
            restantes = inscription.prestation.places_restantes(jours)
            for jour in jours:
                tardif = demande.deposee_le >= self.echeance(regles, jour)
                notes[_ecrire(inscription.pk, jour)] = tuple(
                    note for note, vaut in (("Hors délai", tardif), ("Complet", restantes[jour] == 0)) if vaut
                )
        return notes


def _etendue(jours: list[date]) -> str:
    """« le 08/04/2015 », « 5 jours, du 08/04/2015 au 14/04/2015 »."""
    if len(jours) == 1:
        return f"le {francais.date_courte(jours[0])}"
    du, au = francais.date_courte(jours[0]), francais.date_courte(jours[-1])
    return f"{francais.pluriel(len(jours), 'jour')}, du {du} au {au}"
