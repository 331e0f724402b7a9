"""The month grid, pure: plain rows in, rows × cells ready for a template out. No ORM, no query, no clock of its own.

Cells are terse on purpose: a month of seven prestations must weigh under 60 KiB of HTML.
"""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import repeat
from typing import NamedTuple

from francais import jour_et_mois
from planning.erreurs import RefusPlanning
from planning.journees.journee import Journee
from planning.regles.affichage import Affichage, afficher
from planning.regles.calendrier import Faits
from planning.regles.etats import OCCUPENT, Etat, Presence, etat_effectif
from planning.regles.jours import bornes_du_mois, jours_entre
from planning.regles.legende import Statut
from planning.regles.refus import ReglesDuJour, attendu_ailleurs, complet

ABREGES = ("Lu", "Ma", "Me", "Je", "Ve", "Sa", "Di")
RIEN = (Etat.AUCUN, Presence.NON_POINTEE)


@dataclass(frozen=True)
class Dossier:
    """An inscription, and the rules in front of the month's calendar."""

    inscription: int
    regles: ReglesDuJour


@dataclass(frozen=True)
class Ailleurs:
    """Another activity of the child at the same hours. `nom`: empty where it is another famille's business."""

    regles: ReglesDuJour
    journees: Mapping[date, Journee]
    nom: str = ""

    def attend(self, jour: date) -> bool:
        """The same rule in SQL, for the verbs: `journees.lecture.jours_occupes`."""
        etat = self.journees[jour].etat if jour in self.journees else Etat.AUCUN
        return etat_effectif(etat, regulier=self.regles.est_regulier(jour)) in OCCUPENT


@dataclass(frozen=True)
class LigneBrute:
    """A row before its cells: its inscriptions of the month, what is stored of their days.

    For parents a row is a prestation: `titre`, its structure (`sous_titre`), who pays. For agents it is a child, with
    its school. `cle`: the id of what the row is. `doubles`: those present elsewhere at the same time.

    `pour_la_famille`: a child who came without being enrolled is an error to the agents only.
    """

    cle: int
    titre: str
    sous_titre: str
    dossiers: tuple[Dossier, ...]
    journees: Mapping[date, Journee]
    doubles: frozenset[Journee]
    responsable: str = ""
    ailleurs: tuple[Ailleurs, ...] = ()
    pour_la_famille: bool = False


@dataclass(frozen=True, slots=True)
class Colonne:
    """A day, at the head of its column."""

    jour: date
    abrege: str
    libelle: str
    est_weekend: bool
    est_aujourd_hui: bool
    ferie: str

    @property
    def classes(self) -> str:
        drapeaux = (("we", self.est_weekend), ("auj", self.est_aujourd_hui), ("ferie", self.ferie))
        return " ".join(classe for classe, vrai in drapeaux if vrai)


@dataclass(frozen=True, slots=True)
class Action:
    """A line of the cell's menu. `motif` says why it is inactive; empty if it can be done. `suite`: what would lift
    it, the name of an address and what the link says."""

    code: str
    libelle: str
    motif: str = ""
    suite: tuple[str, str] = ("", "")

    @property
    def est_active(self) -> bool:
        return not self.motif


class Case(NamedTuple):
    """A cell. `titre`: its row's. `quand`: « mercredi 8 avril ». `dit`: what the day is, « réservé ».

    `inscription`: the one in force on that day, where it is not the first of its row. `clos`: why an empty cell is not
    a day that one may book.
    """

    jour: date
    affichage: Affichage
    etat: Etat
    symbole: str
    classes: str
    titre: str
    quand: str
    dit: str
    inscription: int | None = None
    clos: str = ""

    @property
    def libelle(self) -> str:
        """« Garderie matin, mercredi 8 avril : réservé »."""
        return f"{self.titre}, {self.quand}\u00a0: {self.dit}"

    @property
    def est_vide(self) -> bool:
        return not self.symbole


@dataclass(frozen=True)
class LigneDeGrille:
    """A row: what it is of, then a cell a day."""

    cle: int
    titre: str
    sous_titre: str
    responsable: str
    cases: tuple[Case, ...]
    dossiers: tuple[Dossier, ...]
    ailleurs: tuple[Ailleurs, ...] = ()

    @property
    def inscription(self) -> int:
        """That of the cells which do not say another one."""
        return self.dossiers[0].inscription

    def case(self, jour: date) -> Case:
        return self._par_jour[jour]

    @cached_property
    def _par_jour(self) -> dict[date, Case]:
        return {case.jour: case for case in self.cases}

    def dossier(self, jour: date) -> Dossier:
        """The inscription in force on that day, or the first of the month if none is."""
        return _en_vigueur(self.dossiers, jour)

    def actions(self, jour: date, *, est_complet: bool = False) -> tuple[Action, ...]:
        """The menu of that day's cell. The verbs check again: this only spares a useless attempt."""
        regles, etat = self.dossier(jour).regles, self.case(jour).etat
        refus = regles.refus_de_reserver(jour, etat)
        if not refus and (ailleurs := self.attendu_a(jour)) is not None:
            refus = attendu_ailleurs(jour, nom=ailleurs)
        if est_complet and not refus:
            refus = complet(self.titre, jour)
        return (
            _action("reservation", "Demande de réservation", refus),
            _action("absence", "Déclaration d’absence", regles.refus_d_absence(jour, etat)),
        )

    def attendu_a(self, jour: date) -> str | None:
        """Of what the child is expected at, elsewhere, at these hours: its name, empty if it may not be told."""
        return next((autre.nom for autre in self.ailleurs if autre.attend(jour)), None)


@dataclass(frozen=True)
class Grille:
    """A month: of a child for its parents, of a prestation for agents."""

    premier: date
    dernier: date
    colonnes: tuple[Colonne, ...]
    lignes: tuple[LigneDeGrille, ...]

    @cached_property
    def legende(self) -> tuple[Statut, ...]:
        """The states and marks that this month shows, in the order of the legend."""
        montres = [case.affichage for ligne in self.lignes for case in ligne.cases]
        presents = {affichage.statut for affichage in montres} | {affichage.marque for affichage in montres}
        return tuple(statut for statut in Statut if statut in presents)

    @cached_property
    def a_des_jours_clos(self) -> bool:
        return any(case.clos for ligne in self.lignes for case in ligne.cases)

    @property
    def precedent(self) -> date:
        """First day of the month before."""
        return date.fromordinal(self.premier.toordinal() - 1).replace(day=1)

    @property
    def suivant(self) -> date:
        return date.fromordinal(self.dernier.toordinal() + 1)


def dresser(
    annee: int,
    mois: int,
    lignes: list[LigneBrute],
    feries: Mapping[date, str],
    aujourd_hui: date,
    *,
    sauf: Container[date] = (),
) -> Grille:
    """The grid of that month, rows in the order given. `sauf`: the days that have no column."""
    premier, dernier = bornes_du_mois(annee, mois)
    jours = [(jour, jour_et_mois(jour)) for jour in jours_entre(premier, dernier) if jour not in sauf]
    colonnes = tuple(
        Colonne(
            jour=jour,
            abrege=f"{ABREGES[jour.weekday()]} {jour.day:02}",
            libelle=libelle,
            est_weekend=jour.weekday() > 4,
            est_aujourd_hui=jour == aujourd_hui,
            ferie=feries.get(jour, ""),
        )
        for jour, libelle in jours
    )
    return Grille(premier, dernier, colonnes, tuple(_dresser_ligne(brute, jours, aujourd_hui) for brute in lignes))


def _dresser_ligne(brute: LigneBrute, jours: list[tuple[date, str]], aujourd_hui: date) -> LigneDeGrille:
    suivis = _suivre(brute.dossiers, [jour for jour, _ in jours])
    cases = tuple(
        [
            _dresser_case(brute, dossier, faits, jour, quand, aujourd_hui)
            for (dossier, faits), (jour, quand) in zip(suivis, jours, strict=True)
        ]
    )
    return LigneDeGrille(
        brute.cle, brute.titre, brute.sous_titre, brute.responsable, cases, brute.dossiers, brute.ailleurs
    )


def _suivre(dossiers: tuple[Dossier, ...], jours: list[date]) -> Iterator[tuple[Dossier, Faits]]:
    """Of each day, the inscription in force and what is known of it."""
    if len(dossiers) == 1:
        return zip(repeat(dossiers[0]), dossiers[0].regles.faits_des(jours))
    en_vigueur = ((_en_vigueur(dossiers, jour), jour) for jour in jours)
    return ((dossier, dossier.regles.faits(jour)) for dossier, jour in en_vigueur)


def _dresser_case(brute: LigneBrute, dossier: Dossier, faits: Faits, jour: date, quand: str, aujourd_hui: date) -> Case:
    journee = brute.journees.get(jour)
    etat, presence = (journee.etat, journee.presence) if journee else RIEN
    regles = dossier.regles
    if journee and journee.est_presente:
        faits = _faits_d_une_presence(faits, regles, journee, en_double=journee in brute.doubles)
        if brute.pour_la_famille and regles.inscription.a_regulariser:
            faits = replace(faits, inscrit=True)
    regulier = faits.inscrit and faits.accueille and regles.inscription.rythme.comprend(jour)
    affichage = afficher(etat, presence, faits, regulier=regulier, passe=jour < aujourd_hui)
    clos = "" if affichage.symbole else _pourquoi_clos(faits)
    classes = f"{affichage.classes} clos".lstrip() if clos else affichage.classes
    return Case(
        jour=jour,
        affichage=affichage,
        etat=etat_effectif(etat, regulier=regulier),
        symbole=affichage.symbole,
        classes=f"{classes} auj".lstrip() if jour == aujourd_hui else classes,
        titre=brute.titre,
        quand=quand,
        dit=clos or affichage.libelle,
        inscription=None if dossier is brute.dossiers[0] else dossier.inscription,
        clos=clos,
    )


def _pourquoi_clos(faits: Faits) -> str:
    """An empty cell of an open day is a day that can be booked: the others look, and are read, otherwise."""
    if not faits.inscrit:
        return "pas inscrit"
    return "" if faits.accueille else "pas d’accueil"


def _faits_d_une_presence(faits: Faits, regles: ReglesDuJour, journee: Journee, *, en_double: bool) -> Faits:
    depassees = regles.inscription.prestation.horaires.sont_depasses(journee.arrivee, journee.depart)
    return replace(faits, chevauche=en_double, hors_horaire=depassees) if en_double or depassees else faits


def _en_vigueur(dossiers: tuple[Dossier, ...], jour: date) -> Dossier:
    if len(dossiers) == 1:
        return dossiers[0]
    return next((dossier for dossier in dossiers if dossier.regles.inscription.couvre(jour)), dossiers[0])


def _action(code: str, libelle: str, refus: RefusPlanning | None) -> Action:
    return Action(code, libelle, refus.phrase, refus.suite) if refus else Action(code, libelle)
