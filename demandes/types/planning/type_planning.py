"""Requests about days of a child: chosen by the parent, asked at once, decided one by one."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cached_property
from typing import ClassVar, Self

from django import forms
from django.http import QueryDict
from django.utils import timezone

import francais
from demandes.genre.demande_deposee import DemandeDeposee
from demandes.genre.difference import Ecart
from demandes.genre.formulaire import Groupe
from demandes.genre.onglet import MES_ENFANTS
from demandes.genre.parts import Option, Part
from demandes.genre.type_demande import TypeDemande
from demandes.types.planning.acteur import acteur
from demandes.types.planning.code_de_jour import ecrire_jour, lire_jour, se_lit
from demandes.types.planning.jours_de_l_enfant import JoursDeLEnfant
from demandes.types.planning.jours_voulus import JOURS_MAX, JoursVoulusField, JourVoulu
from demandes.valeurs.gardees import Json
from famille.models import Compte, Enfant, Famille
from planning.models import Inscription, Reservation
from planning.regles.calendrier import Calendrier
from planning.regles.etats import Etat
from planning.regles.refus import ReglesDuJour


class TypePlanning(TypeDemande):
    """Days of a child, on one or several inscriptions of the famille."""

    onglet, rang = MES_ENFANTS, 0
    permission = "demandes.decider_du_planning"
    gabarit, montre_la_fiche = "demandes/planning.html", False
    colonnes = {}
    # What may be decided of a day.
    options: ClassVar[tuple[Option, ...]] = ()

    # « 2015-04 », when the page was opened from the choice of several days.
    mois_choisi = ""

    jours = JoursVoulusField(label="Jours")

    # -- What a kind of the planning says ---------------------------------------------------------

    @classmethod
    def echeance(cls, regles: ReglesDuJour, jour: date) -> datetime:
        """Until when that day can be asked for."""
        return regles.echeance_reservation(jour)

    def demander(self, inscription: Inscription, jours: list[date], demande: DemandeDeposee) -> None:
        """Ask the planning for these days. Raises RefusPlanning."""
        raise NotImplementedError

    def accepter_jour(self, journee: Reservation, demande: DemandeDeposee, choix: str) -> None:
        """`choix`: the code of the option that the agent chose; empty: the usual rule. May raise NeTientPlus."""
        raise NotImplementedError

    def refuser_jour(self, journee: Reservation, motif: str, par: Compte) -> None:
        raise NotImplementedError

    def defaut(self, journee: Reservation, demande: DemandeDeposee) -> Option:
        """What is decided unless the agent chooses otherwise."""
        return self.options[0]

    def examiner_jours(self, inscription: Inscription, jours: list[date], calendrier: Calendrier) -> list[JourVoulu]:
        """Each of these days, with why it cannot be asked for, if so."""
        raise NotImplementedError

    # -- The parent's page: the days that are wanted ----------------------------------------------

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

    @cached_property
    def voulus(self) -> list[JourVoulu]:
        """The days of a form that was sent."""
        return self.examiner(
            self.data.getlist("jours") if hasattr(self.data, "getlist") else self.data.get("jours", [])
        )

    def examiner(self, codes: Iterable[str]) -> list[JourVoulu]:
        """The child's days among those, each with the reason why it cannot be asked for, if any."""
        lisibles = list(filter(se_lit, codes))[:JOURS_MAX]
        voulus: list[JourVoulu] = []
        for inscription, jours in self.planning.par_inscription(lisibles):
            voulus += self.examiner_jours(inscription, jours, self.planning.calendrier(jours))
        return sorted(voulus, key=lambda voulu: (voulu.jour, voulu.inscription.prestation_id))

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
        premier = f"0:{self.mois_choisi or self.data.get('mois', '')}-01"
        return lire_jour(premier)[1] if se_lit(premier) else timezone.localdate()

    def en_groupes(self) -> list[Groupe]:
        """The fields that are not the days: those have their own place on the page."""
        champs = [champ for champ in self if champ.name != "jours"]
        return [Groupe("", champs)] if champs else []

    # -- What is asked ----------------------------------------------------------------------------

    def clean_jours(self) -> list[str]:
        # « 20150408 » is the same day: it is written one way only.
        lus = {lire_jour(code) for code in self.cleaned_data["jours"]}
        cles = {cle for cle, _ in lus}
        if cles - {inscription.pk for inscription in self.planning.inscriptions(cles)}:
            raise forms.ValidationError("Ces jours ne sont pas de cet enfant.", code="inconnus")
        return sorted(ecrire_jour(cle, jour) for cle, jour in lus)

    @cached_property
    def changements(self) -> dict[str, Json]:
        """The days, and the prestations' names of then: a list tells them without a query."""
        jours = self.cleaned_data["jours"]
        inscriptions = self.planning.inscriptions({lire_jour(code)[0] for code in jours})
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

    # -- Verbs ------------------------------------------------------------------------------------

    def deposer(self, demande: DemandeDeposee) -> None:
        for inscription, jours in self.planning.par_inscription(self.cleaned_data["jours"]):
            self.demander(inscription, jours, demande)

    def prendre_en_charge(self, demande: DemandeDeposee) -> None:
        for journee in self._journees(demande).values():
            if journee.etat in (Etat.DEMANDEE, Etat.ABSENCE_DEMANDEE):
                journee.prendre_en_charge(par=acteur(demande.prise_en_charge_par))

    def appliquer(self, demande: DemandeDeposee) -> None:
        decision = demande.decision
        for code, journee in self._journees(demande).items():
            if code not in decision.refusees:
                self.accepter_jour(journee, demande, decision.choix.get(code, ""))
            elif journee.est_en_attente:
                self.refuser_jour(journee, decision.motif, acteur(decision.par))

    def rejeter(self, demande: DemandeDeposee) -> None:
        """The cells go back to what they were, but those that somebody has changed since."""
        decision = demande.decision
        for journee in self._journees(demande).values():
            if not journee.est_en_attente:
                continue
            if decision.est_un_retrait:
                journee.retirer(par=acteur(decision.par))
            else:
                self.refuser_jour(journee, decision.motif, acteur(decision.par))

    # -- What the agent decides upon --------------------------------------------------------------

    def difference(self, demande: DemandeDeposee) -> list[Ecart]:
        """What was written beside the days, such as the reason of an absence. It replaces nothing."""
        return [
            Ecart(self.libelle(nom), avant="", actuel="", demande=self.montrer(nom, valeur))
            for nom, valeur in demande.valeurs.items()
            if nom in self.fields and nom != "jours"
        ]

    def empreinte(self, valeurs: Mapping[str, Json]) -> str:
        """The days are read again one by one: nothing else to compare."""
        return ""

    def parts_de(self, demande: DemandeDeposee) -> list[Part]:
        """Each day, with what may be decided of it; last, those whose inscription is gone."""
        journees = self._journees(demande)
        notes = self._notes(demande) if demande.est_en_attente else {}
        decidables = [
            Part(
                code,
                self.libelle_de_part(code, demande),
                self.options,
                self.defaut(journee, demande).code,
                notes.get(code, ()),
            )
            for code, journee in journees.items()
        ]
        disparus = [code for code in demande.donnees["jours"] if code not in journees]
        return [*decidables, *(Part(code, self.libelle_de_part(code, demande)) for code in disparus)]

    @classmethod
    def libelle_de_part(cls, code: str, demande: DemandeDeposee) -> str:
        """« mercredi 8 avril 2015, ALSH Mercredi journée »."""
        inscription, jour = lire_jour(code)
        return f"{francais.date_longue(jour)}, {demande.donnees['prestations'].get(str(inscription), '')}"

    @classmethod
    def jours_concernes(cls, demande: DemandeDeposee) -> list[tuple[int, date]]:
        return [lire_jour(code) for code in demande.donnees["jours"]]

    @classmethod
    def est_hors_delai(cls, demande: DemandeDeposee, regles: ReglesDuJour, jour: date) -> bool:
        return demande.deposee_le >= cls.echeance(regles, jour)

    @classmethod
    def resume(cls, demande: DemandeDeposee) -> str:
        """« Garderie matin : 5 jours, du 08/04/2015 au 14/04/2015 »."""
        noms = demande.donnees["prestations"]
        jours: dict[str, list[date]] = {}
        for inscription, jour in cls.jours_concernes(demande):
            jours.setdefault(noms.get(str(inscription), ""), []).append(jour)
        return " · ".join(f"{nom}\u00a0: {_etendue(sorted(dates))}" for nom, dates in jours.items())

    # -- Days -------------------------------------------------------------------------------------

    @cached_property
    def planning(self) -> JoursDeLEnfant:
        return JoursDeLEnfant(self.famille, self.enfant)

    def _journees(self, demande: DemandeDeposee) -> dict[str, Reservation]:
        """The days of the request as they are now, by code, in order."""
        return self.planning.journees(demande.donnees["jours"])

    def _notes(self, demande: DemandeDeposee) -> dict[str, tuple[str, ...]]:
        """Of each day, whether it was asked late, and whether places are short."""
        notes = {}
        for inscription, jours in self.planning.par_inscription(demande.donnees["jours"]):
            regles = inscription.regles_du_jour(self.planning.calendrier(jours))
            restantes = inscription.prestation.places_restantes(jours)
            for jour in jours:
                tardif, complet = self.est_hors_delai(demande, regles, jour), restantes[jour] == 0
                notes[ecrire_jour(inscription.pk, jour)] = tuple(
                    note for note, vaut in (("Hors délai", tardif), ("Complet", complet)) if vaut
                )
        return notes


def _etendue(jours: list[date]) -> str:
    """« le 08/04/2015 », « 5 jours, du 08/04/2015 au 14/04/2015 »."""
    if len(jours) == 1:
        return f"le {francais.date_courte(jours[0])}"
    du, au = francais.date_courte(jours[0]), francais.date_courte(jours[-1])
    return f"{francais.pluriel(len(jours), 'jour')}, du {du} au {au}"
