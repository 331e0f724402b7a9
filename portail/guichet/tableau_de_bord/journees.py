"""Today and tomorrow on the first page: each prestation with who is expected, its places and its roll."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from francais import date_longue, jour_et_mois, pluriel
from planning.appel.a_faire import AppelOublie, AppelsDesJours, RendezVousDAppel
from planning.effectifs.table import TableDesEffectifs
from planning.regles.jours import UN_JOUR
from portail.guichet.tableau_de_bord.tuiles import UNE_SEMAINE
from socle.adresses.formes import adresse_de

RECUL = 4  # days: over a week-end; a roll called later than that is no longer called


@dataclass(frozen=True)
class LigneDuJour:
    """A prestation. `adresse`: its roll; beside, that of its whole structure. `places`: out of how many;
    `animateurs`: those that it takes; `alerte`: full, or more; `appel`: how far the roll has come."""

    prestation: str
    structure: str
    adresse: str
    adresse_de_la_structure: str
    attendus: int
    places: str
    animateurs: int
    alerte: str
    appel: str
    en_retard: bool


@dataclass(frozen=True)
class JourDuTableau:
    """`adresse`: its rolls; `effectifs`: its headcounts by age."""

    titre: str
    adresse: str
    effectifs: str
    lignes: Sequence[LigneDuJour]

    @property
    def attendus(self) -> str:
        """Of the whole day: a child of two prestations counts twice."""
        return pluriel(sum(ligne.attendus for ligne in self.lignes), "place prise", "places prises")


@dataclass(frozen=True)
class Oubli:
    titre: str
    adresse: str


class Journees:
    """Of an agent who reads headcounts; what was forgotten, if they call rolls. Seven queries."""

    def __init__(self, maintenant: datetime) -> None:
        self._maintenant = maintenant
        le = timezone.localdate(maintenant)
        self._jours = (le, le + UN_JOUR)
        passes = [le - timedelta(days=recul) for recul in range(RECUL, 0, -1)]
        self._appels = AppelsDesJours(self._jours, passes, depuis=le - UNE_SEMAINE)

    @property
    def ouverts(self) -> Mapping[int, Sequence[date]]:
        """The days of this week on which each prestation opened."""
        return self._appels.ouverts

    def jours(self) -> list[JourDuTableau]:
        table = TableDesEffectifs(
            *self._jours, prestations=list(self._appels.prestations.values()), calendrier=self._appels.calendrier
        )
        cases = {(case.prestation.pk, case.jour): case for case in table.cases}
        lus = self._appels.lire({cle: case.effectif for cle, case in cases.items()})
        return [
            JourDuTableau(
                f"{titre}, {date_longue(jour)}",
                f"{adresse_de('admin:planning_prestation_appels')}?jour={jour.isoformat()}",
                f"{adresse_de('admin:planning_prestation_effectifs')}?du={jour.isoformat()}&au={jour.isoformat()}",
                [
                    self._ligne(appel, cases[appel.prestation.pk, jour].animateurs)
                    for appel in lus
                    if appel.jour == jour
                ],
            )
            for titre, jour in zip(("Aujourd’hui", "Demain"), self._jours, strict=True)
        ]

    def oublis(self) -> list[Oubli]:
        return [_oubli(oublie) for oublie in self._appels.oublies()]

    def _ligne(self, appel: RendezVousDAppel, animateurs: int) -> LigneDuJour:
        effectif = appel.effectif
        return LigneDuJour(
            prestation=str(appel.prestation),
            structure=str(appel.prestation.structure),
            adresse=_adresse(appel.prestation.pk, appel.jour),
            adresse_de_la_structure=_adresse(appel.prestation.structure_id, appel.jour, "_structure"),
            attendus=effectif.attendus,
            places="sans limite" if effectif.places is None else f"sur {effectif.places}",
            animateurs=animateurs,
            alerte="Trop d’enfants" if effectif.deborde else "Complet" if effectif.est_complet else "",
            appel=self._dire_l_appel(appel),
            en_retard=appel.est_en_retard(self._maintenant),
        )

    def _dire_l_appel(self, appel: RendezVousDAppel) -> str:
        if appel.pointes:
            return pluriel(appel.pointes, "enfant pointé", "enfants pointés")
        if not appel.effectif.attendus:
            return "Personne n’est attendu"
        if appel.est_en_retard(self._maintenant):
            return "Appel en retard"
        return "Appel à faire" if appel.jour == self._jours[0] else ""


def _oubli(oublie: AppelOublie) -> Oubli:
    titre = f"{jour_et_mois(oublie.jour).capitalize()}, {oublie.prestation}"
    return Oubli(titre, _adresse(oublie.prestation.pk, oublie.jour))


def _adresse(cle: int, jour: date, page: str = "") -> str:
    return adresse_de(f"admin:planning_prestation_appel{page}", cle, jour.year, jour.month, jour.day)
