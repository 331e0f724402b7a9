"""Requests about days of a child: chosen by the parent, asked at once, decided one by one."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from functools import cached_property
from typing import ClassVar, cast

from django import forms
from django.utils.crypto import salted_hmac

import francais
from demandes.genre.demande_deposee import DemandeDeposee
from demandes.genre.difference import Ecart
from demandes.genre.onglet import MES_ENFANTS
from demandes.genre.parts import REFUSER, Option, Part
from demandes.types.planning.acteur import acteur
from demandes.types.planning.choix_de_jours import ChoixDeJours
from demandes.types.planning.code_de_jour import ecrire_jour, lire_jour
from demandes.types.planning.jours_voulus import annonce
from demandes.types.planning.prix import prix_de
from demandes.valeurs.gardees import Json
from facturation.prix.devis import RIEN, PrixDUneJournee, total
from famille.models import Compte
from planning.models import Inscription, Reservation
from planning.regles.etats import Etat
from planning.regles.refus import ReglesDuJour


class TypePlanning(ChoixDeJours):
    """Days of a child, on one or several inscriptions of the famille."""

    onglet, rang = MES_ENFANTS, 0
    permission = "demandes.decider_du_planning"
    gabarit, montre_la_fiche = "demandes/planning.html", False
    colonnes = {}
    # What `parts_de` has reckoned, and whether the request was pending then.
    _total: tuple[bool, str] | None = None
    # The days as the decision has left them.
    _decidees: Mapping[str, Reservation] | None = None
    # What may be decided of a day.
    options: ClassVar[tuple[Option, ...]] = ()

    # What the sum of the days is called, before they are asked for and after.
    titre_du_total: ClassVar[str] = "Total de ces jours"

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

    def etat_accepte(self, journee: Reservation, demande: DemandeDeposee) -> Etat:
        """What a pending day becomes, if the agent follows the usual rule."""
        return Etat.RESERVEE

    def notes_de_places(self, inscription: Inscription, journees: list[Reservation]) -> dict[date, str]:
        """What is short of these days of its own, where they take places."""
        return {}

    # -- What is asked ----------------------------------------------------------------------------

    def clean_jours(self) -> list[str]:
        # « 20150408 » is the same day: it is written one way only.
        codes = set(self.cleaned_data["jours"])
        porteuses = self.planning.porteuses(codes)
        if codes - porteuses.keys():
            raise forms.ValidationError("Ces jours ne sont pas de cet enfant.", code="inconnus")
        return sorted({ecrire_jour(une.pk, lire_jour(code)[1]) for code, une in porteuses.items()})

    @cached_property
    def changements(self) -> dict[str, Json]:
        """The days, and the prestations' names of then: a list tells them without a query."""
        jours = self.cleaned_data["jours"]
        inscriptions = self.planning.inscriptions({lire_jour(code)[0] for code in jours})
        return self.cleaned_data | {"prestations": {str(i.pk): i.prestation.nom for i in inscriptions}}

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
        decision, journees = demande.decision, self._journees(demande)
        for code, journee in journees.items():
            if code not in decision.refusees:
                self.accepter_jour(journee, demande, decision.choix.get(code, ""))
            elif journee.est_en_attente:
                self.refuser_jour(journee, decision.motif, acteur(decision.par))
        self._decidees = journees

    def rejeter(self, demande: DemandeDeposee) -> None:
        """The cells go back to what they were, but those that somebody has changed since."""
        decision, journees = demande.decision, self._journees(demande)
        for journee in journees.values():
            if not journee.est_en_attente:
                continue
            if decision.est_un_retrait:
                journee.retirer(par=acteur(decision.par))
            elif decision.est_une_expiration:
                journee.expirer(decision.motif)
            else:
                self.refuser_jour(journee, decision.motif, acteur(decision.par))
        self._decidees = journees

    # -- What the agent decides upon --------------------------------------------------------------

    def difference(self, demande: DemandeDeposee) -> list[Ecart]:
        """What was written beside the days, such as the reason of an absence. It replaces nothing."""
        return [
            Ecart(self.libelle(nom), avant="", actuel="", demande=self.montrer(nom, valeur))
            for nom, valeur in ((nom, demande.valeurs[nom]) for nom in self.fields if nom in demande.valeurs)
            if nom != "jours"
        ]

    def empreinte(self, valeurs: Mapping[str, Json]) -> str:
        """The days themselves: what they have become is read again one by one."""
        return salted_hmac("demandes.empreinte", json.dumps(sorted(cast(list, valeurs["jours"])))).hexdigest()

    def parts_de(self, demande: DemandeDeposee) -> list[Part]:
        """Each day, with what may be decided of it; before them, those that have expired; last, those whose inscription
        is gone."""
        journees = self._journees(demande)
        expirees = self.parts_expirees(demande)
        notes = self._notes(demande, journees) if demande.est_en_attente else {}
        lus = self._prix(demande, journees)
        prix = {code: annonce(etat, un) for code, (etat, un) in lus.items()}
        self._total = (demande.est_en_attente, total(un for _, un in lus.values()))
        decidables = [
            Part(
                code,
                self.libelle_de_part(code, demande),
                self.options,
                self.defaut(journee, demande).code,
                notes.get(code, ()),
                prix=prix.get(code, ""),
            )
            for code, journee in journees.items()
            if code not in expirees
        ]
        disparus = [code for code in demande.donnees["jours"] if code not in journees]
        return [
            *(Part(code, self.libelle_de_part(code, demande), expiree=True) for code in journees if code in expirees),
            *decidables,
            *(Part(code, self.libelle_de_part(code, demande)) for code in disparus),
        ]

    def choix_par_part(self, demande: DemandeDeposee) -> dict[str, set[str]]:
        gardes = {option.code for option in self.options} - {REFUSER.code}
        return dict.fromkeys(demande.donnees["jours"], gardes)

    def total_de(self, demande: DemandeDeposee) -> str:
        """Reads nothing where `parts_de` has just read the same."""
        attend, dit = self._total or (None, "")
        if attend is not demande.est_en_attente:
            dit = total(prix for _, prix in self._prix(demande, self._journees(demande)).values())
        return dit

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

    def _journees(self, demande: DemandeDeposee) -> Mapping[str, Reservation]:
        """The days of the request as they are now, by code, in order."""
        return self._decidees or self.planning.journees(demande.donnees["jours"])

    def _prix(
        self, demande: DemandeDeposee, journees: Mapping[str, Reservation]
    ) -> dict[str, tuple[Etat, PrixDUneJournee | None]]:
        """Of each day that was not refused: the state in which it is, or would be once accepted; and its price."""
        if not demande.est_en_attente and not demande.decision.est_favorable:
            return {}
        refusees = self.parts_expirees(demande) if demande.est_en_attente else set(demande.decision.refusees)
        gardees = {code: journee for code, journee in journees.items() if code not in refusees}
        devis = self.planning.devis((journee.inscription, journee.jour) for journee in gardees.values())
        etats = {
            code: self.etat_accepte(journee, demande) if journee.est_en_attente else Etat(journee.etat)
            for code, journee in gardees.items()
        }
        if devis is None:
            return {}
        return {
            code: (etat, RIEN if self._est_ferme(gardees[code]) else prix_de(devis, gardees[code], etat))
            for code, etat in etats.items()
        }

    def _est_ferme(self, journee: Reservation) -> bool:
        """Nobody is received on that day any more: it is not billed."""
        regles = journee.inscription.regles_du_jour(self.planning.calendrier([journee.jour]))
        return regles.pourquoi_ferme(journee.jour) is not None

    def _notes(self, demande: DemandeDeposee, journees: Mapping[str, Reservation]) -> dict[str, tuple[str, ...]]:
        """Of each day, whether it was asked late, and whether places are short."""
        notes = {}
        for inscription, jours in self.planning.par_inscription(demande.donnees["jours"]):
            regles = inscription.regles_du_jour(self.planning.calendrier(jours))
            siennes = [une for une in journees.values() if une.inscription == inscription]
            places = self.notes_de_places(inscription, siennes)
            for jour in jours:
                tardif = "Hors délai" if self.est_hors_delai(demande, regles, jour) else ""
                notes[inscription.pk, jour] = tuple(filter(None, (tardif, places.get(jour, ""))))
        porteuses = self.planning.porteuses(demande.donnees["jours"])
        return {code: notes[une.pk, lire_jour(code)[1]] for code, une in porteuses.items()}


def _etendue(jours: list[date]) -> str:
    """« le 08/04/2015 », « 5 jours, du 08/04/2015 au 14/04/2015 »."""
    if len(jours) == 1:
        return f"le {francais.date_courte(jours[0])}"
    du, au = francais.date_courte(jours[0]), francais.date_courte(jours[-1])
    return f"{francais.pluriel(len(jours), 'jour')}, du {du} au {au}"
