"""Each child's month, to click: the days that are ticked, and the gestures that this agent may do to them."""

from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.utils import timezone
from django.utils.safestring import SafeString

import francais
from famille.models import Compte, Famille
from planning.mois.dessin import cases_a_cocher, tetes
from planning.mois.enfant import MoisEnfant
from planning.mois.famille import MoisDeLaFamille
from planning.mois.grille import LigneDeGrille
from planning.regles.legende import Statut
from portail.guichet.famille.personnes import EnfantDuDossier

# What the roll should have noted of the ticked days.
HEURES = ("arrivee", "depart")
LIRE, DECIDER, APPELER = "planning.view_reservation", "planning.change_reservation", "planning.faire_appel"


@dataclass(frozen=True)
class Bouton:
    code: str
    nom: str


DECISIONS = (
    Bouton("reserver", "Réserver"),
    Bouton("annuler", "Annuler"),
    Bouton("excuser", "Excuser l’absence"),
    Bouton("facturer", "Facturer l’absence"),
    Bouton("conge", "Congé"),
    Bouton("retablir", "Rétablir"),
)
POINTAGES = (
    Bouton("present", "Présent"),
    Bouton("absent", "Absent"),
    Bouton("non_pointe", "Effacer le pointage"),
)


def boutons(compte: Compte) -> tuple[tuple[Bouton, ...], tuple[Bouton, ...]]:
    """To decide, and to put the roll right. Who decides of a day may say that the roll was wrong."""
    decide = compte.has_perm(DECIDER)
    return (DECISIONS if decide else (), POINTAGES if decide or compte.has_perm(APPELER) else ())


@dataclass(frozen=True)
class Rangee:
    """A prestation of a child: its cells as HTML."""

    ligne: LigneDeGrille
    cases: SafeString

    @property
    def se_coche(self) -> bool:
        """Some day of it can be ticked."""
        return "<input" in self.cases


@dataclass(frozen=True)
class GrilleDUnEnfant:
    """`sans_jour`: the prestations that do not open this month, in words."""

    enfant: EnfantDuDossier
    rangees: list[Rangee]
    sans_jour: str
    tetes: SafeString
    inscrit_ailleurs: bool


@dataclass(frozen=True)
class MoisAffiche:
    """`code`: « 2015-04 », as the address says it."""

    premier: date
    precedent: str
    suivant: str
    code: str
    enfants: list[GrilleDUnEnfant]
    legende: tuple[Statut, ...]
    a_des_complets: bool


def lire_le_mois(texte: str) -> date:
    """The first day of « 2015-04 »; of this month where it is no month."""
    annee, _, mois = texte.partition("-")
    if annee.isdecimal() and mois.isdecimal() and 2000 <= int(annee) <= 2200 and 1 <= int(mois) <= 12:
        return date(int(annee), int(mois), 1)
    return timezone.localdate().replace(day=1)


def afficher_le_mois(famille: Famille, enfants: list[EnfantDuDossier], requete: QueryDict) -> MoisAffiche:
    """`?mois=2015-04`; `?jour=12:2015-04-08` is ticked already, as it was on the page that led here."""
    premier, coches = lire_le_mois(requete.get("mois", "")), frozenset(requete.getlist("jour"))
    mois = MoisDeLaFamille(famille, [une.enfant for une in enfants], premier.year, premier.month)
    grilles = [
        _grille(fiche, du_mois, coches, mois.complets) for fiche, du_mois in zip(enfants, mois.par_enfant, strict=True)
    ]
    lues = [du_mois.grille for du_mois in mois.par_enfant]
    montres = {statut for lue in lues for statut in lue.legende}
    return MoisAffiche(
        premier=mois.premier,
        precedent=_code(date.fromordinal(mois.premier.toordinal() - 1)),
        suivant=_code(date.fromordinal(mois.dernier.toordinal() + 1)),
        code=_code(mois.premier),
        enfants=grilles,
        legende=tuple(statut for statut in Statut if statut in montres),
        a_des_complets=bool(mois.complets),
    )


def _grille(
    fiche: EnfantDuDossier, mois: MoisEnfant, coches: frozenset[str], complets: set[tuple[int, date]]
) -> GrilleDUnEnfant:
    prenom = fiche.enfant.prenom
    toutes = [Rangee(ligne, cases_a_cocher(ligne, prenom, coches, complets)) for ligne in mois.grille.lignes]
    return GrilleDUnEnfant(
        fiche,
        [rangee for rangee in toutes if rangee.se_coche],
        francais.enumerer(rangee.ligne.titre for rangee in toutes if not rangee.se_coche),
        tetes(mois.grille.colonnes),
        mois.est_inscrit_par_l_autre_foyer,
    )


def _code(jour: date) -> str:
    return f"{jour.year}-{jour.month:02}"
