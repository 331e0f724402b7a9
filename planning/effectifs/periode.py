"""The days that a page of headcounts shows: a week, a month, holidays, or from … to …."""

from dataclasses import dataclass
from datetime import date, timedelta

import francais
from planning.effectifs.table import semaine_de
from planning.models import Vacances
from planning.regles.jours import UN_JOUR, bornes_du_mois, lire_jour

JOURS_AU_PLUS = 100  # summer holidays, and what surrounds them


@dataclass(frozen=True)
class Periode:
    """From `du` to `au`, both included, and what one calls it."""

    du: date
    au: date
    nom: str = ""

    @property
    def libelle(self) -> str:
        """« du 24/11/2026 au 30/11/2026 »."""
        return francais.periode(self.du, self.au)

    @property
    def requete(self) -> str:
        """As an address asks for it."""
        return f"du={self.du.isoformat()}&au={self.au.isoformat()}"

    @property
    def precedente(self) -> "Periode":
        return self._voisine(-1)

    @property
    def suivante(self) -> "Periode":
        return self._voisine(1)

    def _voisine(self, sens: int) -> "Periode":
        """As long; of a whole month, the whole month beside it."""
        if (self.du, self.au) == bornes_du_mois(self.du.year, self.du.month):
            ailleurs = self.du - UN_JOUR if sens < 0 else self.au + UN_JOUR
            return Periode(*bornes_du_mois(ailleurs.year, ailleurs.month))
        pas = timedelta(days=7 * (((self.au - self.du).days + 7) // 7)) * sens
        return Periode(self.du + pas, self.au + pas)


def lire_la_periode(du: str, au: str, aujourd_hui: date) -> tuple[Periode, str]:
    """What an address asks for, and a sentence if it cannot be: this week is shown instead."""
    cette_semaine = Periode(*semaine_de(aujourd_hui))
    if not (du or au):
        return cette_semaine, ""
    debut = lire_jour(du)
    if debut is None or not 2000 <= debut.year <= 2200:
        return cette_semaine, "Choisissez un premier jour, entre 2000 et 2200."
    fin = lire_jour(au) if au else semaine_de(debut)[1]
    if fin is None or fin < debut:
        return cette_semaine, "Choisissez un dernier jour qui suive le premier."
    if (fin - debut).days >= JOURS_AU_PLUS:
        return cette_semaine, f"Choisissez {JOURS_AU_PLUS} jours au plus."
    return Periode(debut, fin), ""


def periodes_proposees(aujourd_hui: date) -> list[Periode]:
    """This week, the next one, this month, and the holidays of the coming year. One query."""
    lundi, dimanche = semaine_de(aujourd_hui)
    prochaine = semaine_de(dimanche + UN_JOUR)
    bientot = Vacances.objects.filter(au__gte=aujourd_hui, du__lte=aujourd_hui + timedelta(days=365))
    return [
        Periode(lundi, dimanche, "Cette semaine"),
        Periode(*prochaine, "La semaine prochaine"),
        Periode(*bornes_du_mois(aujourd_hui.year, aujourd_hui.month), "Ce mois"),
        *(Periode(vacances.du, vacances.au, vacances.nom) for vacances in bientot),
    ]
