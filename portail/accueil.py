"""Accueil as its page shows it: what waits for the parent, the next days of each child, what is new. Five queries."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from textwrap import shorten

from django.db.models import Exists
from django.utils import timezone

import francais
from demandes.models import Decision, Demande
from demandes.types import AjouterEnfant, Assurance
from facturation.compte.operations_affichees import FactureAffichee, factures_impayees
from facturation.montants import NUL
from famille.models import Compte, Enfant, Famille, PieceDemandee
from famille.models.certification.date_fixee import a_certifier_depuis
from francais import FINE
from messagerie.nouvelles import Nouvelles, lire_nouvelles
from planning.journees.prochaines import RendezVous, prochains_jours
from planning.pieces.lecture import pieces_attendues
from portail.pieces.dossier import manquantes
from socle.adresses.formes import adresse_de
from socle.requetes.preparee import Preparee, inconnue

JOURS_MONTRES = 7  # today included
REFUS_RECENT = timedelta(days=14)
ASSURANCE_BIENTOT = timedelta(days=30)
MOTIF_MAX = 160  # characters: the rest is on the page of the request

ENFANTS = Preparee(
    lambda: (
        Enfant.objects.filter(familles=inconnue("famille"))
        .select_related("assurance")
        .annotate(
            a_certifier_depuis=a_certifier_depuis(inconnue("famille"), inconnue("le")),
            pieces_demandees=Exists(PieceDemandee.objects.order_by().en_cours(inconnue("le"))),
        )
    )
)
DEMANDES = Preparee(lambda: Demande.objects.filter(famille=inconnue("famille")).a_signaler(inconnue("depuis")))

ICONES = {"error": "x-circle", "warning": "exclamation-triangle", "info": "information-circle"}
GRAVITES = list(ICONES)


@dataclass(frozen=True)
class Alerte:
    """Something wrong or waiting, and where to see to it. `niveau`: error, warning or info."""

    niveau: str
    texte: str
    adresse: str
    libelle: str

    @property
    def icone(self) -> str:
        return ICONES[self.niveau]


@dataclass(frozen=True)
class JourDuPlanning:
    """A day of a child: « Aujourd’hui », and what is planned."""

    libelle: str
    adresse: str
    rendez_vous: list[RendezVous]


@dataclass(frozen=True)
class EnfantDuJour:
    """A child and its next days; none if nothing is planned."""

    enfant: Enfant
    jours: list[JourDuPlanning]


@dataclass(frozen=True)
class Etape:
    """What a new famille does first."""

    titre: str
    texte: str
    adresse: str


class TableauDuJour:
    """What matters to that parent on that day."""

    def __init__(self, famille: Famille, compte: Compte, *, le: date) -> None:
        self.famille, self.compte, self.le = famille, compte, le

    @cached_property
    def enfants(self) -> list[EnfantDuJour]:
        prevus = prochains_jours(self.famille, du=self.le, nombre=JOURS_MONTRES)
        return [
            EnfantDuJour(enfant, [self._jour(enfant, *jour) for jour in prevus.get(enfant.pk, {}).items()])
            for enfant in self._enfants
        ]

    @cached_property
    def impayees(self) -> list[FactureAffichee]:
        return factures_impayees(self.famille, au=self.le)

    @property
    def total_impaye(self) -> Decimal:
        """In €."""
        return sum((ligne.facture.reste for ligne in self.impayees), NUL)

    @cached_property
    def nouvelles(self) -> Nouvelles:
        return lire_nouvelles(self.famille, self.compte, au=self.le)

    @cached_property
    def alertes(self) -> list[Alerte]:
        """One a kind, the gravest first; then refusals, insurances. What is due has its own place above them."""
        alertes = [*self._certification(), *self._pieces(), *self._refus(), *self._assurances()]
        return sorted(alertes, key=lambda alerte: GRAVITES.index(alerte.niveau))

    @property
    def etapes(self) -> list[Etape]:
        """For a famille without a child: what to do first."""
        if self._enfants:
            return []
        ajout = Etape(
            "Ajoutez votre enfant",
            "Le centre vous contactera pour remplir les fiches d’inscription.",
            AjouterEnfant.adresse(),
        )
        if AjouterEnfant.parmi(self._en_attente):
            ajout = Etape(
                "L’ajout de votre enfant est demandé", "Le centre va vous répondre.", adresse_de("demandes:liste")
            )
        coordonnees = Etape(
            "Vérifiez vos coordonnées", "Adresse, téléphones, e-mail, conjoint.", adresse_de("famille:mon_compte")
        )
        question = Etape(f"Une question{FINE}?", "Écrivez au centre.", adresse_de("messagerie:nouveau"))
        return [ajout, coordonnees, question]

    @property
    def fin(self) -> date:
        """The last day shown."""
        return self.le + timedelta(days=JOURS_MONTRES - 1)

    @cached_property
    def _enfants(self) -> list[Enfant]:
        return ENFANTS.lire(famille=self.famille.pk, le=self.le)

    @cached_property
    def _demandes(self) -> list[Demande]:
        return DEMANDES.lire(famille=self.famille.pk, depuis=timezone.now() - REFUS_RECENT)

    @property
    def _en_attente(self) -> list[Demande]:
        return [demande for demande in self._demandes if demande.est_en_attente]

    def _jour(self, enfant: Enfant, jour: date, rendez_vous: list[RendezVous]) -> JourDuPlanning:
        proches = {self.le: "Aujourd’hui", self.le + timedelta(days=1): "Demain"}
        libelle = proches.get(jour) or francais.jour_et_mois(jour).capitalize()
        adresse = adresse_de("planning:jour", enfant.pk, jour.year, f"{jour.month:02}", jour.day)
        return JourDuPlanning(libelle, adresse, rendez_vous)

    def _certification(self) -> Iterator[Alerte]:
        """The same of each child: it is the famille's record. Without a child, there is nothing to book."""
        if any(getattr(enfant, "a_certifier_depuis", None) for enfant in self._enfants):
            texte = "Le centre vous demande de relire votre dossier. Sans cela, vous ne pouvez pas réserver."
            yield Alerte("error", texte, adresse_de("certification"), "Vérifiez et certifiez votre dossier")

    def _pieces(self) -> Iterator[Alerte]:
        """One query, where the centre asks for documents; none elsewhere."""
        if not any(getattr(enfant, "pieces_demandees", False) for enfant in self._enfants):
            return
        manquent = manquantes(pieces_attendues(self.le, [self.famille.pk]))
        if manquent:
            noms = francais.enumerer(dict.fromkeys(une.nom for une in manquent))
            bloque = any(une.bloquante for une in manquent)
            texte = f"{francais.pluriel(len(manquent), 'document')} à fournir\u00a0: {noms}."
            suite = " Sans cela, vous ne pouvez pas réserver." if bloque else ""
            yield Alerte("error" if bloque else "warning", texte + suite, adresse_de("pieces"), "Envoyer")

    def _refus(self) -> Iterator[Alerte]:
        refusees = [demande for demande in self._demandes if not demande.est_en_attente]
        if len(refusees) > 1:
            combien = francais.pluriel(len(refusees), "demande")
            texte = f"{combien} n’ont pas été acceptées, ou pas en entier, ces derniers jours."
            yield Alerte("warning", texte, adresse_de("demandes:liste"), "Voir mes demandes")
        else:
            yield from map(_refusee, refusees)

    def _assurances(self) -> Iterator[Alerte]:
        transmises = {demande.enfant_id for demande in Assurance.parmi(self._en_attente)}
        attendues = [
            (enfant, *dite)
            for enfant in self._enfants
            if enfant.pk not in transmises and (dite := self._assurance(enfant))
        ]
        if len(attendues) > 1:
            niveau = min((niveau for _, niveau, _ in attendues), key=GRAVITES.index)
            qui = ", ".join(enfant.prenom for enfant, _, _ in attendues)
            texte = f"L’attestation d’assurance manque ou se termine pour {len(attendues)} enfants\u00a0: {qui}."
            yield Alerte(niveau, texte, adresse_de("famille:enfants"), "Voir mes enfants")
        else:
            for enfant, niveau, texte in attendues:
                yield Alerte(niveau, texte, Assurance.adresse(enfant), "Transmettre l’attestation")

    def _assurance(self, enfant: Enfant) -> tuple[str, str] | None:
        assurance = getattr(enfant, "assurance", None)
        if assurance is None:
            return "warning", f"Le centre n’a pas d’attestation d’assurance pour {enfant.prenom}."
        fin = francais.date_courte(assurance.expire_le)
        if assurance.est_expiree_au(self.le):
            return "error", f"L’assurance enregistrée pour {enfant.prenom} est expirée depuis le {fin}."
        if assurance.est_expiree_au(self.le + ASSURANCE_BIENTOT):
            return "info", f"L’assurance enregistrée pour {enfant.prenom} expire le {fin}."
        return None


def _refusee(demande: Demande) -> Alerte:
    decision: Decision = demande.decision
    verdict = "est acceptée en partie" if decision.est_favorable else "est refusée"
    if decision.est_une_expiration:
        verdict = "est restée sans réponse"
    pour = f" pour {demande.enfant.prenom}" if demande.enfant else ""
    motif = shorten(decision.motif, MOTIF_MAX, placeholder="…")
    texte = f"Votre demande «\u00a0{demande.nom_court}\u00a0»{pour} {verdict}\u00a0: {motif}"
    return Alerte("warning", texte, demande.get_absolute_url(), "Voir la demande")
