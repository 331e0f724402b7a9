"""A kind of request: a Django form that knows how to apply itself. Defining the class registers it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial
from typing import ClassVar, TypeAlias, TypeVar

from django import forms

from demandes.genre.colonnes import Colonne
from demandes.genre.demande_deposee import DemandeDeposee
from demandes.genre.difference import FormulaireCompare
from demandes.genre.onglet import MES_ENFANTS, MON_COMPTE, Onglet
from demandes.genre.parts import Part
from demandes.genre.registre import Registre
from demandes.genre.secrets import ContenuGarde
from demandes.valeurs.lisibles import lisible
from famille.models import Compte, Enfant, Responsable
from planning.regles.refus import ReglesDuJour
from socle.adresses.formes import adresse_de

D = TypeVar("D", bound=DemandeDeposee)

GENRES: Registre[type[TypeDemande]] = Registre()


class TypeDemande(FormulaireCompare):
    """A kind: its fields, what it replaces, and how it applies itself. See docs/decisions/0020.

    A kind says `code`, `titre`, `onglet`, its fields, and `appliquer`; the rest has sensible answers here.
    """

    code: ClassVar[str] = ""
    titre: ClassVar[str] = ""
    # The name of its filter in « Liste des demandes ».
    court: ClassVar[str] = ""
    onglet: ClassVar[Onglet] = MON_COMPTE
    # The smallest first among the filters; the order of definition where they are equal.
    rang: ClassVar[int] = 10
    # Of « Mon compte »: the adult it is about.
    role: ClassVar[str] = Responsable.Role.TITULAIRE
    # False for a request of the children's tab that names no child yet.
    sur_enfant: ClassVar[bool] = True
    # What its page invites to do, before « , puis envoyez. »
    consigne: ClassVar[str] = "Corrigez ce qui a changé"
    aide: ClassVar[str] = ""
    # What to join, in one sentence; empty if nothing is expected.
    pieces_attendues: ClassVar[str] = ""
    # What an agent must hold besides `demandes.traiter_demande` to see and decide this kind.
    permission: ClassVar[str] = ""
    # Fields that PostgreSQL only ever sees encrypted; `confidentiel`: all of them, and each reading is logged.
    secrets: ClassVar[frozenset[str]] = frozenset()
    confidentiel: ClassVar[bool] = False
    # What an agent reads of it is written in the journal of readings, like a health record.
    lu_au_journal: ClassVar[bool] = False
    # Fields that a passer-by at an open session must not change: the password is asked again, and never kept.
    gardes: ClassVar[frozenset[str]] = frozenset()
    raison_des_gardes: ClassVar[str] = ""
    # Columns of the wide list, {heading: fields}; None: the fields that are not secret, one a column.
    colonnes: ClassVar[Mapping[str, tuple[str, ...]] | None] = None
    # Of no use once its days have begun: see `expirer`.
    expire: ClassVar[bool] = False
    # What its parts are called together, on the pages.
    titre_des_parts: ClassVar[str] = "Jours demandés"
    # What their sum is called.
    titre_du_total: ClassVar[str] = "Total"
    # Its days hold places, of which there may be too few.
    prend_des_places: ClassVar[bool] = False
    # The page of its form, for a kind that is not a list of fields.
    gabarit: ClassVar[str] = "demandes/nouvelle.html"
    # Its page shows the record as it is: what waits already is recalled there.
    montre_la_fiche: ClassVar[bool] = True

    def __init_subclass__(cls, **options: object) -> None:
        super().__init_subclass__(**options)
        if "code" in cls.__dict__:
            GENRES.ajouter(cls)

    # -- Verbs: what a kind does to what it is about ----------------------------------------------

    def deposer(self, demande: DemandeDeposee) -> None:
        """What the request changes at once, if anything."""

    def prendre_en_charge(self, demande: DemandeDeposee) -> None:
        """What changes when an agent takes charge, if anything."""

    def appliquer(self, demande: DemandeDeposee) -> None:
        """Change what was asked, `demande.decision` says by whom and without which parts. May raise NeTientPlus."""
        raise NotImplementedError

    def rejeter(self, demande: DemandeDeposee) -> None:
        """What a refusal or a withdrawal (`demande.decision.est_un_retrait`) undoes, if anything."""

    def expirer(self, demande: DemandeDeposee, jour: date) -> list[str]:
        """Give up the parts that `jour` makes too late to be decided. Returns their codes."""
        return []

    def attend_encore(self, demande: DemandeDeposee) -> bool:
        """Some part of a request that waits can still be decided."""
        return True

    def validation_automatique(self, demande: DemandeDeposee) -> bool:
        """Decided at once, by nobody."""
        return False

    # -- What the agent decides upon --------------------------------------------------------------

    def parts_de(self, demande: DemandeDeposee) -> list[Part]:
        """What may be refused piece by piece."""
        return []

    def total_de(self, demande: DemandeDeposee) -> str:
        """What its parts cost together, or will: « 36,50 € »; empty if nobody knows, or nothing is counted."""
        return ""

    def choix_par_part(self, demande: DemandeDeposee) -> dict[str, set[str]]:
        """By code of its parts, what may be chosen of each besides refusing it. Reads nothing that prices would."""
        return {}

    @classmethod
    def libelle_de_part(cls, code: str, demande: DemandeDeposee) -> str:
        """What one of its parts is called; without a query."""
        return code

    def parts_expirees(self, demande: DemandeDeposee) -> set[str]:
        """The codes of the parts that nobody decided in time."""
        return set()

    def mises_en_garde(self, demande: DemandeDeposee) -> list[str]:
        """What the agent should know before deciding, one sentence each."""
        return []

    def a_confirmer(self, demande: DemandeDeposee, sauf: Iterable[str]) -> list[str]:
        """What accepting it, without those parts, reaches beyond it: one sentence each, to be asked first."""
        return []

    @classmethod
    def jours_concernes(cls, demande: DemandeDeposee) -> list[tuple[int, date]]:
        """The days of the planning it asks for: inscription and date."""
        return []

    @classmethod
    def adresse_du_mois(cls, demande: DemandeDeposee) -> str:
        """The month of the planning that holds its first day, opened on it; empty if it is about no day."""
        jours = [jour for _, jour in cls.jours_concernes(demande)]
        if not jours or demande.enfant is None:
            return ""
        premier = min(jours)
        mois = adresse_de("planning:mois", demande.enfant.pk, premier.year, f"{premier.month:02}")
        return f"{mois}#j{premier.day}"  # on a phone, the month is long

    @classmethod
    def est_hors_delai(cls, demande: DemandeDeposee, regles: ReglesDuJour, jour: date) -> bool:
        """That day was asked for after its deadline."""
        return False

    @classmethod
    def traitable_par(cls, agent: Compte) -> bool:
        return agent.has_perm("demandes.traiter_demande") and (not cls.permission or agent.has_perm(cls.permission))

    # -- What is kept, and how long ---------------------------------------------------------------

    @classmethod
    def est_secret(cls, nom: str) -> bool:
        return cls.confidentiel or nom in cls.secrets

    @classmethod
    def se_lit_au_journal(cls) -> bool:
        """Health, a bank account, why a child was away: each reading by an agent is noted."""
        return cls.confidentiel or cls.lu_au_journal

    @classmethod
    def est_de_sante(cls) -> bool:
        """What it asks says something of a child's health, and is erased with it."""
        return cls.confidentiel

    @classmethod
    def se_garde_en_session(cls) -> bool:
        """What is typed may wait, encrypted, for its author to sign in again: neither health nor a bank account."""
        return not cls.confidentiel and not cls.secrets & cls.gardes

    @property
    def touche_aux_gardes(self) -> bool:
        """Of a valid form, whether it changes what the password guards."""
        return bool(self.gardes & self.changements.keys())

    def contenu_garde(self) -> ContenuGarde:
        """Of a valid form, what is written of it."""
        return ContenuGarde.separer(self.changements, self.remplaces, self.est_secret)

    # -- What lists and pages say of it -----------------------------------------------------------

    @classmethod
    def nom_court(cls) -> str:
        return cls.court or cls.titre

    @classmethod
    def porte_sur_un_enfant(cls) -> bool:
        return cls.onglet == MES_ENFANTS and cls.sur_enfant

    @classmethod
    def adresse(cls, enfant: Enfant | None = None) -> str:
        """Where its form opens."""
        if enfant:
            return adresse_de("demandes:nouvelle_enfant", enfant.pk, cls.code)
        return adresse_de("demandes:nouvelle", cls.code)

    @classmethod
    def parmi(cls, demandes: Iterable[D]) -> list[D]:
        """Those that are of this kind."""
        return [demande for demande in demandes if demande.type == cls.code]

    @classmethod
    def concerne(cls, demande: DemandeDeposee, responsables: Mapping[str, Responsable]) -> str:
        """Whom it is about, as a list names them. `responsables`: those of the famille, by role."""
        if cls.onglet == MES_ENFANTS:
            return str(demande.enfant or "")
        return str(responsables.get(cls.role, ""))

    @classmethod
    def resume(cls, demande: DemandeDeposee) -> str:
        """What a list shows of it, without decrypting: « Mobile : 06 11 22 33 44 »."""
        if cls.confidentiel or (cls.secrets and not demande.donnees):
            return "Contenu confidentiel"
        champs = cls.base_fields
        return " · ".join(
            # The name of what is chosen would cost a query a row: the page of the request tells it.
            str(champs[nom].label)
            if isinstance(champs[nom], forms.ModelChoiceField)
            else f"{champs[nom].label}\u00a0: {lisible(champs[nom], valeur) or 'à effacer'}"
            for nom, valeur in ((nom, demande.donnees[nom]) for nom in champs if nom in demande.donnees)
        )

    @classmethod
    def changements_lisibles(cls, demande: DemandeDeposee) -> list[tuple[str, str, str]]:
        """Name of the field, before, asked: of what is not secret, nor named by a query. Decrypts nothing."""
        return [
            (str(champ.label), lisible(champ, demande.avant.get(nom, "")), lisible(champ, demande.donnees[nom]))
            for nom, champ in cls.base_fields.items()
            if nom in demande.donnees and not cls.est_secret(nom) and not isinstance(champ, forms.ModelChoiceField)
        ]

    @classmethod
    def colonnes_de_liste(cls) -> list[Colonne[DemandeDeposee]]:
        """What a list of this kind alone shows. None of a confidential one: its summary says so."""
        return [Colonne(libelle, partial(cls._lire, noms)) for libelle, noms in cls._champs_par_colonne().items()]

    @classmethod
    def _champs_par_colonne(cls) -> Mapping[str, tuple[str, ...]]:
        if cls.colonnes is not None or cls.confidentiel:
            return cls.colonnes or {}
        return {
            str(champ.label): (nom,)
            for nom, champ in cls.base_fields.items()
            if not cls.est_secret(nom) and not isinstance(champ, forms.ModelChoiceField)
        }

    @classmethod
    def _lire(cls, noms: tuple[str, ...], demande: DemandeDeposee) -> str:
        valeurs = (lisible(cls.base_fields[nom], demande.donnees.get(nom, "")) for nom in noms)
        return " ".join(filter(None, valeurs))


Genre: TypeAlias = type[TypeDemande]
