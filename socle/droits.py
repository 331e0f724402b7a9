"""Rights of the agents' groups, granted by migrations: each app grants those on its own models."""

from django.apps.registry import Apps

ACCUEIL, ANIMATION, REGIE, DIRECTION = "Accueil", "Animation", "Régie", "Direction"


def accorder(apps: Apps, app_label: str, droits: dict[str, dict[str, str]]) -> None:
    """Grant `{group: {model: "view change"}}` on an app's models; a right with a « _ » is one of its own.

    Adds to what a town has set, never removes. Makes the Permission rows: Django only makes them after all migrations.
    """
    groupes = apps.get_model("auth", "Group")
    for nom, par_modele in droits.items():
        groupe, _ = groupes.objects.get_or_create(name=nom)
        for modele, verbes in par_modele.items():
            groupe.permissions.add(*[_permission(apps, app_label, modele, verbe) for verbe in verbes.split()])


def _permission(apps: Apps, app_label: str, modele: str, verbe: str):
    type_, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label=app_label, model=modele)
    codename = verbe if "_" in verbe else f"{verbe}_{modele}"
    permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=type_, codename=codename, defaults={"name": f"{verbe} {modele}"}
    )
    return permission
