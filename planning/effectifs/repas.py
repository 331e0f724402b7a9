"""The meals of some days, for the kitchen: by site, age and diet; and what has changed since it was last told.

Five queries, whatever the number of days and children.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

import francais
from famille.models import Compte, Ecole, Enfant
from planning.effectifs.lecture import Compte as Comptage
from planning.effectifs.lecture import compter
from planning.models import FeuilleDeCuisine, Prestation, jours_ouverts
from planning.models.effectifs.cuisine import Repas

REGIMES = list(Enfant.Regime)
APPORTE = Enfant.Regime.PANIER_REPAS  # the famille brings it: nothing to cook
AGES = {False: "Moins de 6 ans", True: "6 ans et plus"}
SANS_ECOLE = "École non indiquée"
Cle = tuple[str, bool, str]  # site, six or over, diet


@dataclass(frozen=True, slots=True)
class LigneDeRepas:
    """The meals of a site for an age, diet by diet in the order of `REGIMES`. Of a total, `age` is empty."""

    site: str
    age: str
    nombres: tuple[int, ...]

    @property
    def a_cuisiner(self) -> int:
        return sum(nombre for regime, nombre in zip(REGIMES, self.nombres, strict=True) if regime != APPORTE)


@dataclass
class RepasDuJour:
    """What to cook on a day. `demandes`: meals that agents have not answered for, and that are not counted in."""

    jour: date
    comptes: Counter[Cle] = field(default_factory=Counter)
    demandes: int = 0
    feuille: FeuilleDeCuisine | None = None

    @property
    def lignes(self) -> list[LigneDeRepas]:
        """A site after the other, the small ones first."""
        couples = sorted({(francais.ordre(site), site, grand) for site, grand, _ in self.comptes})
        return [self._ligne(site, grand) for _, site, grand in couples]

    @property
    def total(self) -> LigneDeRepas:
        nombres = zip(*(ligne.nombres for ligne in self.lignes), strict=True)
        return LigneDeRepas("Tous les sites", "", tuple(map(sum, nombres)) or (0,) * len(REGIMES))

    @property
    def repas(self) -> Repas:
        """As a sheet keeps them."""
        return sorted([site, grand, regime, nombre] for (site, grand, regime), nombre in self.comptes.items())

    @property
    def changements(self) -> list[str]:
        """Since the last sheet; none if there is none yet."""
        return dire_les_changements(self.feuille.repas, self.repas) if self.feuille else []

    @property
    def est_a_imprimer(self) -> bool:
        return bool(self.comptes if self.feuille is None else self.changements)

    def imprimer(self, *, par: Compte) -> FeuilleDeCuisine:
        """Keep what the kitchen is told."""
        return FeuilleDeCuisine.objects.imprimer(self.jour, self.repas, par=par)

    def _ligne(self, site: str, grand: bool) -> LigneDeRepas:
        nombres = tuple(self.comptes[site, grand, regime.value] for regime in REGIMES)
        return LigneDeRepas(site, AGES[grand], nombres)


def lire_les_repas(du: date, au: date) -> list[RepasDuJour]:
    """The days from `du` to `au` on which a meal is served."""
    prestations = {une.pk: une for une in Prestation.objects.exclude(repas="").select_related("structure")}
    ouverts = jours_ouverts(prestations.values(), du, au)
    jours = {jour: RepasDuJour(jour) for jour in sorted({jour for jours in ouverts.values() for jour in jours})}
    ecoles = dict(Ecole.objects.order_by().values_list("pk", "nom"))
    for compte in compter(ouverts):
        if compte.vient:
            _ajouter(jours[compte.jour], compte, prestations[compte.prestation], ecoles)
    for feuille in FeuilleDeCuisine.objects.filter(jour__in=jours).select_related("par").order_by("numero"):
        jours[feuille.jour].feuille = feuille
    return list(jours.values())


def relire(feuille: FeuilleDeCuisine) -> RepasDuJour:
    """The day as that sheet told it."""
    return RepasDuJour(feuille.jour, _comptes(feuille.repas), feuille=feuille.precedente)


def dire_les_changements(avant: Repas, apres: Repas) -> list[str]:
    """« École du Moulin, 6 ans et plus, sans porc : 12 au lieu de 14 (− 2) »."""
    anciens, nouveaux = _comptes(avant), _comptes(apres)
    changes = sorted(cle for cle in anciens.keys() | nouveaux.keys() if anciens[cle] != nouveaux[cle])
    return [_changement(cle, anciens[cle], nouveaux[cle]) for cle in changes]


def _changement(cle: Cle, avant: int, apres: int) -> str:
    site, grand, regime = cle
    signe = "+" if apres > avant else "−"
    quoi = f"{site}, {AGES[grand].lower()}, {Enfant.Regime(regime).label.lower()}"
    return f"{quoi}\u00a0: {apres} au lieu de {avant} ({signe}\u00a0{abs(apres - avant)})"


def _comptes(repas: Iterable[list]) -> Counter[Cle]:
    return Counter({(site, grand, regime): nombre for site, grand, regime, nombre in repas})


def _ajouter(repas: RepasDuJour, compte: Comptage, prestation: Prestation, ecoles: dict[int, str]) -> None:
    if compte.demande:
        repas.demandes += compte.enfants
        return
    site = str(prestation.structure)
    if prestation.repas == Prestation.Repas.A_L_ECOLE:
        site = ecoles[compte.ecole] if compte.ecole else SANS_ECOLE
    repas.comptes[site, compte.grand, compte.regime] += compte.enfants
