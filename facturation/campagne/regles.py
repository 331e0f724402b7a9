"""The rules that a campaign bills by: prestations, their opening, the calendar, prices. It keeps them once issued.

Hours moved, a weekday unticked, a price, a structure moved away change nothing of what is billed: a past day is
reckoned again by the rules of its campaign, so that only what changed about that day makes a difference.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from typing import Self

from facturation.models import CampagneDeFacturation, Tarif
from facturation.prix.grille import Arrondi, GrilleTarifaire, Tranche, Unite
from facturation.prix.residence import habite_la_commune
from famille.models import Responsable
from planning.models import Prestation
from planning.regles.calendrier import Calendrier
from planning.regles.jours import Jours, Periode, jours_entre
from planning.regles.ouverture import Ouverture

FERME, FERIE = "X", "F"  # beside the letters of the periods of the school year
OUVRABLES = {periode.value: periode for periode in Periode}


@dataclass(frozen=True)
class ReglesDUnePrestation:
    """What it was for the campaign. `ailleurs`: the days that another régie has billed."""

    structure: int
    ouverture: Ouverture
    debut: time
    fin: time
    ailleurs: frozenset[date] = frozenset()


@dataclass(frozen=True)
class ReglesDeCampagne:
    """From `du` to `au`, both included. `calendrier`: {structure: a letter a day}.

    `exterieurs`: the familles that lived elsewhere; None where nobody has written it down.
    """

    du: date
    au: date
    prestations: Mapping[int, ReglesDUnePrestation]
    calendrier: Mapping[int, str]
    grilles: list[GrilleTarifaire] = field(default_factory=list)
    exterieurs: frozenset[int] | None = None

    @classmethod
    def de(cls, campagne: CampagneDeFacturation, calendrier: Calendrier) -> Self:
        """Those that it keeps; of one that is not issued, those of today."""
        if campagne.regles is not None:
            return cls._lire(campagne)
        return cls._actuelles(campagne, calendrier)

    @property
    def horaires(self) -> dict[int, tuple[time, time]]:
        return {pk: (prestation.debut, prestation.fin) for pk, prestation in self.prestations.items()}

    def jours(self, calendrier: Calendrier) -> dict[int, list[date]]:
        """The days on which each prestation received children: the opening of then, the calendar of today."""
        periode = list(jours_entre(self.du, self.au))
        return {
            pk: [jour for jour in periode if jour not in regles.ailleurs and _accueille(calendrier, jour, regles)]
            for pk, regles in self.prestations.items()
        }

    def etait_ferme(self, prestation: int, jour: date) -> bool:
        """Whether the calendar of then said that nobody came: a closure deleted since bills nobody by itself."""
        return self._nature(self.prestations[prestation].structure, jour) in {FERME, FERIE}

    def jours_changes(self, calendrier: Calendrier) -> list[date]:
        """Those of which the calendar says today another thing than then."""
        return [
            jour
            for jour in jours_entre(self.du, self.au)
            if any(
                nature(calendrier, jour, structure) != self._nature(structure, jour) for structure in self.calendrier
            )
        ]

    def _nature(self, structure: int, jour: date) -> str:
        return self.calendrier[structure][(jour - self.du).days]

    def en_json(self) -> dict:
        """As plain values, for `de`."""
        return {
            "prestations": {pk: _prestation_en_json(prestation) for pk, prestation in self.prestations.items()},
            "calendrier": dict(self.calendrier),
            "grilles": [_grille_en_json(grille) for grille in self.grilles],
            "exterieurs": None if self.exterieurs is None else sorted(self.exterieurs),
        }

    @classmethod
    def _actuelles(cls, campagne: CampagneDeFacturation, calendrier: Calendrier) -> Self:
        prestations = Prestation.objects.filter(structure__en_regie__regie=campagne.regie)
        ailleurs = _factures_ailleurs(campagne)
        regles = {
            prestation.pk: ReglesDUnePrestation(
                structure=prestation.structure_id,
                ouverture=prestation.ouverture,
                debut=prestation.heure_debut,
                fin=prestation.heure_fin,
                ailleurs=frozenset(ailleurs.get(prestation.pk, ())),
            )
            for prestation in prestations
        }
        jours = list(jours_entre(campagne.du, campagne.au))
        structures = {prestation.structure for prestation in regles.values()}
        lettres = {s: "".join(nature(calendrier, jour, s) for jour in jours) for s in structures}
        grilles = Tarif.objects.filter(prestation__in=regles).entre(campagne.du, campagne.au).grilles()
        return cls(campagne.du, campagne.au, regles, lettres, grilles, _exterieurs())

    @classmethod
    def _lire(cls, campagne: CampagneDeFacturation) -> Self:
        contenu = campagne.regles or {}
        prestations = {int(pk): _lire_prestation(ligne) for pk, ligne in contenu["prestations"].items()}
        calendrier = {int(structure): lettres for structure, lettres in contenu["calendrier"].items()}
        grilles = [_lire_grille(ligne) for ligne in contenu["grilles"]]
        connus = contenu.get("exterieurs")
        exterieurs = None if connus is None else frozenset(connus)
        return cls(campagne.du, campagne.au, prestations, calendrier, grilles, exterieurs)


def nature(calendrier: Calendrier, jour: date, structure: int) -> str:
    """The letter of a day: its period, public holiday or closed."""
    if jour in calendrier.feries:
        return FERIE
    return FERME if calendrier.fermeture(jour, structure) is not None else calendrier.periode(jour).value


def _accueille(calendrier: Calendrier, jour: date, regles: ReglesDUnePrestation) -> bool:
    return calendrier.accueille(jour, regles.structure, regles.ouverture)


def _exterieurs() -> frozenset[int]:
    titulaires = Responsable.objects.filter(role=Responsable.Role.TITULAIRE).exclude(ville="")
    familles = titulaires.order_by().values_list("famille", "ville")
    return frozenset(famille for famille, ville in familles if not habite_la_commune(ville))


def _factures_ailleurs(campagne: CampagneDeFacturation) -> dict[int, set[date]]:
    """{prestation: days} that campaigns of other régies have billed: a structure may have moved since."""
    autres = CampagneDeFacturation.objects.exclude(regie=campagne.regie).filter(regles__isnull=False)
    factures: dict[int, set[date]] = {}
    for autre in autres.filter(du__lte=campagne.au, au__gte=campagne.du):
        jours = set(jours_entre(max(autre.du, campagne.du), min(autre.au, campagne.au)))
        for pk, regles in ReglesDeCampagne._lire(autre).prestations.items():
            factures.setdefault(pk, set()).update(jours - regles.ailleurs)
    return factures


def _prestation_en_json(regles: ReglesDUnePrestation) -> dict:
    ouverture = regles.ouverture
    return {
        "structure": regles.structure,
        "ouverture": [
            int(jours) for jours in (ouverture.scolaire, ouverture.petites_vacances, ouverture.grandes_vacances)
        ],
        "inactive_depuis": ouverture.inactive_depuis and ouverture.inactive_depuis.isoformat(),
        "horaires": [regles.debut.isoformat(), regles.fin.isoformat()],
        "ailleurs": sorted(jour.isoformat() for jour in regles.ailleurs),
    }


def _lire_prestation(ligne: dict) -> ReglesDUnePrestation:
    debut, fin = map(time.fromisoformat, ligne["horaires"])
    ailleurs = frozenset(map(date.fromisoformat, ligne["ailleurs"]))
    fin_connue = ligne.get("inactive_depuis")
    inactive_depuis = date.fromisoformat(fin_connue) if fin_connue else None
    scolaire, petites, grandes = map(Jours, ligne["ouverture"])
    ouverture = Ouverture(scolaire, petites, grandes, inactive_depuis)
    return ReglesDUnePrestation(ligne["structure"], ouverture, debut, fin, ailleurs)


def _grille_en_json(grille: GrilleTarifaire) -> dict:
    return {
        "tarif": grille.pk,
        "prestation": grille.prestation,
        "du": grille.du.isoformat(),
        "au": grille.au.isoformat() if grille.au else None,
        "unite": grille.unite.value,
        "pas": grille.pas_minutes,
        "arrondi": grille.arrondi.value,
        "pourcents": [grille.absence_pourcent, grille.majoration_pourcent],
        "tranches": [[t.qf_max, str(t.resident), str(t.exterieur)] for t in grille.tranches],
    }


def _lire_grille(ligne: dict) -> GrilleTarifaire:
    absence, majoration = ligne["pourcents"]
    return GrilleTarifaire(
        pk=ligne["tarif"],
        prestation=ligne["prestation"],
        du=date.fromisoformat(ligne["du"]),
        au=date.fromisoformat(ligne["au"]) if ligne["au"] else None,
        unite=Unite(ligne["unite"]),
        pas_minutes=ligne["pas"],
        arrondi=Arrondi(ligne["arrondi"]),
        absence_pourcent=absence,
        majoration_pourcent=majoration,
        tranches=tuple(_lire_tranches(ligne["tranches"])),
    )


def _lire_tranches(lignes: Iterable[list]) -> Iterable[Tranche]:
    for numero, (qf_max, resident, exterieur) in enumerate(lignes, start=1):
        yield Tranche(numero, qf_max, Decimal(resident), Decimal(exterieur))
