"""The tables of rights beside what the groups really have: what differs, and giving what was never given."""

from dataclasses import dataclass, field

from django.apps import apps as apps_courantes
from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.db import transaction

from socle.octroi.table import Droit, droits_prevus, tables


@dataclass(frozen=True)
class Ecarts:
    """How the groups differ from the tables, in the order in which one cares."""

    a_accorder: set[Droit] = field(default_factory=set)  # in a table, never given
    inconnus: set[Droit] = field(default_factory=set)  # in a table, and no model declares them
    retires: set[Droit] = field(default_factory=set)  # given, withdrawn since by the town
    ajoutes: set[Droit] = field(default_factory=set)  # given by the town, beyond the tables
    abandonnes: set[Droit] = field(default_factory=set)  # given by a former table, in no table now


class Groupes:
    """The groups that the tables name, and their rights on the models of these tables.

    `apps` are the models as they are: those of the code, or of a migration.
    """

    def __init__(self, apps: Apps = apps_courantes) -> None:
        self._apps = apps
        self._groupe = apps.get_model("auth", "Group")
        self._permission = apps.get_model("auth", "Permission")
        self._accorde = apps.get_model("socle", "DroitAccorde")
        self.prevus = droits_prevus()

    def ecarts(self) -> Ecarts:
        """Writes nothing."""
        prevus, connues = self.prevus, self._permissions()
        presents, accordes = self._presents(), self._accordes()
        connus = {droit for droit in prevus if droit.permission in connues}
        donnes = {droit for droit in prevus | presents if (droit.groupe, droit.permission) in accordes}
        return Ecarts(
            a_accorder=connus - donnes - presents,
            inconnus=prevus - connus,
            retires=(connus & donnes) - presents,
            ajoutes=presents - prevus - donnes,
            abandonnes=(presents & donnes) - prevus,
        )

    @transaction.atomic
    def accorder(self) -> set[Droit]:
        """Give each right of the tables that was never given, and remember it. Removes nothing."""
        self._creer_les_permissions()
        permissions, groupes, deja = self._permissions(), self._ouvrir(), self._accordes()
        nouveaux = {
            droit
            for droit in self.prevus
            if (droit.groupe, droit.permission) not in deja
            and droit.permission in permissions
            and droit.groupe in groupes
        }
        lien = self._groupe.permissions.through
        lien.objects.bulk_create(
            [lien(group_id=groupes[d.groupe], permission_id=permissions[d.permission]) for d in sorted(nouveaux)],
            ignore_conflicts=True,
        )
        self._accorde.objects.bulk_create(
            [self._accorde(groupe=d.groupe, permission=d.permission) for d in sorted(nouveaux)], ignore_conflicts=True
        )
        return nouveaux

    def _ouvrir(self) -> dict[str, int]:
        """`{name: key}`. One that the town has deleted or renamed does not come back: it had rights once."""
        connus = {groupe for groupe, _ in self._accordes()}
        noms = {droit.groupe for droit in self.prevus}
        self._groupe.objects.bulk_create(
            [self._groupe(name=nom) for nom in sorted(noms - connus)], ignore_conflicts=True
        )
        return dict(self._groupe.objects.filter(name__in=noms).values_list("name", "pk"))

    def _creer_les_permissions(self) -> None:
        """Django only makes an app's permissions after all migrations, in an order that is its own."""
        for app in tables():
            create_permissions(apps_courantes.get_app_config(app), verbosity=0, apps=self._apps)

    def _permissions(self) -> dict[str, int]:
        lues = self._permission.objects.filter(content_type__app_label__in=tables())
        return {
            f"{app}.{code}": cle for app, code, cle in lues.values_list("content_type__app_label", "codename", "pk")
        }

    def _presents(self) -> set[Droit]:
        """What these groups have now."""
        lus = self._permission.objects.filter(
            content_type__app_label__in=tables(), group__name__in={droit.groupe for droit in self.prevus}
        )
        return {
            Droit(*valeurs)
            for valeurs in lus.values_list("group__name", "content_type__app_label", "content_type__model", "codename")
        }

    def _accordes(self) -> set[tuple[str, str]]:
        return set(self._accorde.objects.values_list("groupe", "permission"))


def accorder_apres_migration(*, apps: Apps = apps_courantes, **signal: object) -> None:
    """After each migrate; nothing while the schema is older than the memory of what was given."""
    try:
        groupes = Groupes(apps)
    except LookupError:
        return
    groupes.accorder()
