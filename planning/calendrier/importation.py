"""The published calendar becomes rows of the town's own. Run it again at will: what an agent corrected stays.

`prevoir` says what would change and writes nothing; `faire` writes it. The command and the agents' page call both.
"""

from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

import francais
from planning.calendrier.donnees import AnneesScolaires, VacancesImportees, pont_oublie
from planning.models import JourFerie, Vacances
from planning.models.calendrier import Source


@dataclass
class Prevision:
    """What an import changes, line by line. `changees`: as they are, and as they would be."""

    feries: dict[date, str] = field(default_factory=dict)
    nouvelles: list[VacancesImportees] = field(default_factory=list)
    changees: list[tuple[Vacances, VacancesImportees]] = field(default_factory=list)
    retirees: list[Vacances] = field(default_factory=list)

    @property
    def est_vide(self) -> bool:
        return not (self.feries or self.nouvelles or self.changees or self.retirees)

    @property
    def periodes(self) -> list[tuple[date, date]]:
        """The days whose kind may change."""
        avant = [(une.du, une.au) for une in [*self.retirees, *(ancienne for ancienne, _ in self.changees)]]
        apres = [(v.du, v.au) for v in [*self.nouvelles, *(nouvelle for _, nouvelle in self.changees)]]
        return [*avant, *apres, *((jour, jour) for jour in self.feries)]

    def dire(self) -> list[str]:
        """« Nouvelle période : Vacances de Noël, du 19/12/2026 au 03/01/2027, zone C. », a sentence a line."""
        return [
            *(f"Nouvelle période\u00a0: {_en_mots(v)}." for v in self.nouvelles),
            *(f"Change\u00a0: {_en_mots(ancienne)}, devient {_en_mots(v)}." for ancienne, v in self.changees),
            *(f"Disparaît\u00a0: {_en_mots(une)}." for une in self.retirees),
            *(
                f"Nouveau jour férié\u00a0: {nom}, le {francais.date_courte(jour)}."
                for jour, nom in self.feries.items()
            ),
        ]


@dataclass(frozen=True)
class Importation:
    """Of those school years."""

    periode: AnneesScolaires

    def prevoir(self) -> Prevision:
        prevision = Prevision(feries=self._feries_absents())
        importees = {une.du_importe: une for une in Vacances.objects.filter(source=Source.IMPORT)}
        # A row that an agent moved is still known by `du_importe`; one that an agent typed, by its dates.
        des_agents = list(Vacances.objects.filter(source=Source.AGENT))
        for v in self.periode.vacances:
            ancienne = importees.get(v.du)
            if ancienne is not None:
                if _valeurs(v) != {nom: getattr(ancienne, nom) for nom in _valeurs(v)}:
                    prevision.changees.append((ancienne, v))
            elif not any(une.du_importe == v.du or (une.du <= v.au and une.au >= v.du) for une in des_agents):
                prevision.nouvelles.append(v)
        publiees = {v.du for v in self.periode.vacances}
        prevision.retirees = [
            une
            for du, une in importees.items()
            if du is not None and self.periode.du <= du <= self.periode.au and du not in publiees
        ]
        return prevision

    @transaction.atomic
    def faire(self) -> Prevision:
        """Two at once write each row once."""
        prevision = self.prevoir()
        Vacances.objects.filter(pk__in=[une.pk for une in prevision.retirees]).delete()
        for ancienne, v in prevision.changees:
            Vacances.objects.filter(pk=ancienne.pk, source=Source.IMPORT).update(**_valeurs(v))
        Vacances.objects.bulk_create(
            [Vacances(**_valeurs(v), du_importe=v.du, source=Source.IMPORT) for v in prevision.nouvelles],
            ignore_conflicts=True,
        )
        JourFerie.objects.bulk_create(
            [JourFerie(jour=jour, nom=nom, source=Source.IMPORT) for jour, nom in prevision.feries.items()],
            ignore_conflicts=True,
        )
        return prevision

    def reserves(self, prevision: Prevision | None = None) -> list[str]:
        """What the published data do not say, year by year. `prevision`: an import that is not made yet."""
        absentes = [f"Vacances absentes des données, {lacune}" for lacune in self.periode.lacunes()]
        a_venir = [(v.du, v.au) for v in prevision.nouvelles] if prevision else []
        ponts = [
            pont_oublie(vendredi)
            for vendredi in self.periode.ponts_de_l_ascension()
            if not any(du <= vendredi <= au for du, au in a_venir)
            and not Vacances.objects.filter(du__lte=vendredi, au__gte=vendredi).exists()
        ]
        return [*absentes, *ponts]

    def _feries_absents(self) -> dict[date, str]:
        connus = set(
            JourFerie.objects.filter(jour__range=(self.periode.du, self.periode.au)).values_list("jour", flat=True)
        )
        return {jour: nom for jour, nom in sorted(self.periode.feries().items()) if jour not in connus}


def _valeurs(v: VacancesImportees) -> dict[str, object]:
    return {"nom": v.nom, "genre": v.genre, "du": v.du, "au": v.au, "zone": v.zone}


def _en_mots(v: VacancesImportees | Vacances) -> str:
    zone = f", zone\u00a0{v.zone}" if v.zone else ""
    return f"{v.nom}, {francais.periode(v.du, v.au)}{zone}"
