"""The words of a table of rights, and the tables that the installed apps have."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module

from django.apps import apps
from django.utils.module_loading import module_has_submodule

ACCUEIL, ANIMATION, REGIE, DIRECTION = "Accueil", "Animation", "Régie", "Direction"

# Group → model → what it may do: these verbs, or a right that the model declares (« faire_appel »).
Table = dict[str, dict[str, str]]
VERBES = {"voir": "view", "ajouter": "add", "modifier": "change", "supprimer": "delete"}


@dataclass(frozen=True, order=True)
class Droit:
    """What a group may do with the rows of a model."""

    groupe: str
    app: str
    modele: str
    codename: str

    @property
    def permission(self) -> str:
        """« famille.view_enfant », as `has_perm` wants it."""
        return f"{self.app}.{self.codename}"

    @property
    def est_courant(self) -> bool:
        """One of the four that every model has, not one that it declares."""
        return self.codename in {f"{code}_{self.modele}" for code in VERBES.values()}


def tables() -> dict[str, Table]:
    """The table of each installed app that has one: `{app: table}`."""
    avec_table = (config for config in apps.get_app_configs() if module_has_submodule(config.module, "droits"))
    lues = {config.label: getattr(import_module(f"{config.name}.droits"), "DROITS", None) for config in avec_table}
    return {app: table for app, table in lues.items() if table}


def droits_prevus() -> set[Droit]:
    """All that the tables give."""
    return {droit for app, table in tables().items() for droit in lire(app, table)}


def lire(app: str, table: Table) -> Iterator[Droit]:
    """The rights that a table writes in words."""
    for groupe, modeles in table.items():
        for modele, mots in modeles.items():
            for mot in mots.split():
                yield Droit(groupe, app, modele, f"{VERBES[mot]}_{modele}" if mot in VERBES else mot)
