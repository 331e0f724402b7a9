"""What a day costs, pure: the grid of a prestation, the bracket of a QF, hours by arrival and departure.

A later rule (nth child, monthly maximum) changes lines once they are priced: it comes after `GrilleTarifaire.prix`, in
`campagne.lignes`, not inside it.
"""

from dataclasses import dataclass
from datetime import date, time
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import TextChoices

from facturation.montants import au_centime
from francais import date_courte, nombre, pluriel
from socle.periodes import couvre

CENT_POUR_CENT = 100
MINUTES_PAR_HEURE = 60


class Unite(TextChoices):
    JOURNEE = "journee", "journée"
    DEMI_JOURNEE = "demi_journee", "demi-journée"
    REPAS = "repas", "repas"
    HEURE = "heure", "heure"


class Arrondi(TextChoices):
    """How a stay becomes a whole number of steps."""

    SUPERIEUR = "superieur", "Toute tranche commencée est due"
    PROCHE = "proche", "À la tranche la plus proche"


class Nature(TextChoices):
    """Why a day is billed."""

    RESERVATION = "reservation", "Journée réservée"
    SANS_RESERVATION = "sans_reservation", "Présence sans réservation"
    ABSENCE = "absence", "Absence facturée"


class PrixIntrouvable(Exception):
    """The grid has no bracket for that QF."""


@dataclass(frozen=True, slots=True)
class Tranche:
    """A bracket: its number, the highest QF it takes (None: no limit), its prices in €."""

    numero: int
    qf_max: int | None
    resident: Decimal
    exterieur: Decimal


@dataclass(frozen=True, slots=True)
class Prix:
    """The price of one unit, in €, and why."""

    unitaire: Decimal
    tranche: int
    explication: str


@dataclass(frozen=True)
class GrilleTarifaire:
    """The prices of a prestation, from `du` to `au` (None: until further notice), both included."""

    prestation: int
    du: date
    tranches: tuple[Tranche, ...]
    unite: Unite = Unite.JOURNEE
    au: date | None = None
    pas_minutes: int = 30
    arrondi: Arrondi = Arrondi.SUPERIEUR
    absence_pourcent: int = CENT_POUR_CENT
    majoration_pourcent: int = 0
    pk: int | None = None

    def est_en_vigueur(self, jour: date) -> bool:
        return couvre(self.du, self.au, jour)

    def tranche(self, qf: int | None) -> Tranche:
        """The bracket of a QF; none known is the top one. Raises PrixIntrouvable if the grid stops below."""
        ordonnees = sorted(self.tranches, key=lambda t: (t.qf_max is None, t.qf_max or 0))
        if qf is None and ordonnees:
            return ordonnees[-1]
        for tranche in ordonnees:
            if tranche.qf_max is None or (qf is not None and qf <= tranche.qf_max):
                return tranche
        raise PrixIntrouvable

    def prix(self, nature: Nature, qf: int | None, *, resident: bool) -> Prix:
        """What one unit of that nature costs such a famille."""
        tranche = self.tranche(qf)
        plein = tranche.resident if resident else tranche.exterieur
        pourcent = self._pourcent(nature)
        return Prix(
            au_centime(plein * pourcent / CENT_POUR_CENT),
            tranche.numero,
            self._explication(tranche, qf, resident=resident, pourcent=pourcent),
        )

    def quantite(self, arrivee: time | None, depart: time | None, debut: time, fin: time) -> Decimal:
        """What a day counts: 1; by the hour, whole minutes. Without times, the opening (`debut`–`fin`) is due."""
        if self.unite != Unite.HEURE:
            return Decimal(1)
        minutes = _minutes(depart or fin) - _minutes(arrivee or debut)
        pas = Decimal(max(minutes, 0)) / self.pas_minutes
        sens = "ROUND_CEILING" if self.arrondi == Arrondi.SUPERIEUR else ROUND_HALF_UP
        return pas.to_integral_value(sens) * self.pas_minutes

    def _pourcent(self, nature: Nature) -> int:
        if nature == Nature.ABSENCE:
            return self.absence_pourcent
        return CENT_POUR_CENT + (self.majoration_pourcent if nature == Nature.SANS_RESERVATION else 0)

    def _explication(self, tranche: Tranche, qf: int | None, *, resident: bool, pourcent: int) -> str:
        """« Tranche 2, QF 612, tarif du 01/09/2025 »."""
        parties = [
            f"Tranche {tranche.numero}",
            f"QF {nombre(qf)}" if qf is not None else "QF inconnu",
            *([] if resident else ["hors commune"]),
            f"tarif du {date_courte(self.du)}",
            *([] if pourcent == CENT_POUR_CENT else [f"{pourcent}\u00a0% du prix"]),
        ]
        return ", ".join(parties)


def en_unites(quantite: Decimal, unite: str) -> Decimal:
    """What a price multiplies: minutes are a part of an hour, never rounded here."""
    return quantite / MINUTES_PAR_HEURE if unite == Unite.HEURE else quantite


def quantite_dite(quantite: Decimal, unite: str) -> str:
    """« 8 journées », « 12 h 30 », « −1 repas ». In units: hours, by the hour."""
    signe = "−" if quantite < 0 else ""
    if unite != Unite.HEURE:
        return signe + pluriel(int(abs(quantite)), Unite(unite).label, PLURIELS[Unite(unite)])
    minutes = int((abs(quantite) * MINUTES_PAR_HEURE).quantize(Decimal(1), ROUND_HALF_UP))
    reste = f"\u00a0{minutes % 60:02}" if minutes % 60 else ""
    return f"{signe}{minutes // 60}\u00a0h{reste}"


PLURIELS = {Unite.JOURNEE: "journées", Unite.DEMI_JOURNEE: "demi-journées", Unite.REPAS: "repas"}


def _minutes(moment: time) -> int:
    return moment.hour * 60 + moment.minute
