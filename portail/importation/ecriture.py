"""A plan, written: model by model, in few statements, in the caller's transaction. History names the file."""

from collections import defaultdict
from collections.abc import Callable
from itertools import islice

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from famille.models import Compte, Enfant, Famille, InformationsCaf, QuotientFamilial, Rattachement, Responsable
from francais import enumerer
from portail.importation.plan import Plan

# What others point to first.
ORDRE: tuple[type[Model], ...] = (Famille, Responsable, Enfant, Rattachement, InformationsCaf, QuotientFamilial)
LOT = 500
DITS = 12  # changes that a line of history names
Avancement = Callable[[int, int], None]


class Ecriture:
    """`fichier`: its name, for history."""

    def __init__(self, plan: Plan, *, fichier: str, par: Compte) -> None:
        self.plan, self.fichier, self.par = plan, fichier, par
        self.total = sum(map(len, plan.crees.values())) + len(plan.changes)
        self.faites = 0

    def ecrire(self, avancer: Avancement) -> None:
        """`avancer` is told how many rows are written, of how many."""
        for modele in ORDRE:
            lignes = iter(self.plan.crees.get(modele, []))
            while lot := list(islice(lignes, LOT)):
                modele._default_manager.bulk_create(lot)
                self._avancer(len(lot), avancer)
        for modele, changees in self._changees().items():
            self._changer(modele, changees)
            self._avancer(len(changees), avancer)
        self._noter()

    def _avancer(self, combien: int, avancer: Avancement) -> None:
        self.faites += combien
        avancer(self.faites, self.total)

    def _changees(self) -> dict[type[Model], list[Model]]:
        par_modele: dict[type[Model], list[Model]] = defaultdict(list)
        for ligne in self.plan.changes:
            par_modele[type(ligne)].append(ligne)
        return par_modele

    def _changer(self, modele: type[Model], lignes: list[Model]) -> None:
        """Whoever's address changes is told, and asked to confirm the new one: that row is saved by itself."""
        seules = [ligne for ligne in lignes if "email" in self.plan.changes[ligne]]
        for ligne in seules:
            ligne.save(update_fields=self.plan.changes[ligne])
        autres = [ligne for ligne in lignes if "email" not in self.plan.changes[ligne]]
        champs = {champ for ligne in autres for champ in self.plan.changes[ligne]}
        if champs:
            modele._default_manager.bulk_update(autres, sorted(champs), batch_size=LOT)

    def _noter(self) -> None:
        """On the page of each famille and each child. Which fields, not what they hold: history outlives the record."""
        nouvelles = [*self.plan.crees.get(Famille, []), *self.plan.crees.get(Enfant, [])]
        notes = [self._note(fiche, ADDITION, f"Importé de «\u00a0{self.fichier}\u00a0».") for fiche in nouvelles]
        quoi: dict[Model, dict[str, None]] = defaultdict(dict)
        for ecart in self.plan.ecarts:
            quoi[ecart.fiche][ecart.quoi] = None
        for fiche, champs in quoi.items():
            dits = enumerer([*islice(champs, DITS), *(["…"] if len(champs) > DITS else [])])
            notes.append(self._note(fiche, CHANGE, f"Importation de «\u00a0{self.fichier}\u00a0»\u00a0: {dits}."))
        LogEntry.objects.bulk_create(notes, batch_size=1000)

    def _note(self, fiche: Model, quoi: int, phrase: str) -> LogEntry:
        return LogEntry(
            user_id=self.par.pk,
            content_type=ContentType.objects.get_for_model(fiche),
            object_id=str(fiche.pk),
            object_repr=str(fiche)[:200] if isinstance(fiche, Enfant) else "famille",
            action_flag=quoi,
            change_message=phrase,
        )
