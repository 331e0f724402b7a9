"""The journal of readings takes the name of what it holds: health, bank accounts, why a child was away.

The table is renamed, rows, rights in PostgreSQL and content type with it. Its permission is ours to carry: to whom a
town has given it, and what the table of rights remembers of it.
"""

import django.db.models.deletion
from django.db import migrations, models

ANCIEN, NOUVEAU = "lecturesante", "lectureconfidentielle"


def _renommer_le_droit(apps, de: str, vers: str) -> None:
    # Django made one for the new name if it migrated before in another order: it goes, to nobody yet.
    permissions = apps.get_model("auth", "Permission").objects.filter(content_type__app_label="famille")
    anciennes = permissions.filter(codename=f"view_{de}")
    if anciennes.exists():
        permissions.filter(codename=f"view_{vers}").delete()
        anciennes.update(codename=f"view_{vers}")
    accordes = apps.get_model("socle", "DroitAccorde").objects
    deja = accordes.filter(permission=f"famille.view_{vers}").values("groupe")
    accordes.filter(permission=f"famille.view_{de}", groupe__in=deja).delete()
    accordes.filter(permission=f"famille.view_{de}").update(permission=f"famille.view_{vers}")


def aller(apps, schema_editor):
    _renommer_le_droit(apps, ANCIEN, NOUVEAU)


def retour(apps, schema_editor):
    _renommer_le_droit(apps, NOUVEAU, ANCIEN)


class Migration(migrations.Migration):

    dependencies = [
        ('famille', '0014_villes_et_medecins'),
        ('socle', '0002_droits_deja_accordes'),
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
    ]

    operations = [
        migrations.RenameModel(old_name='LectureSante', new_name='LectureConfidentielle'),
        migrations.AlterField(
            model_name='lectureconfidentielle',
            name='enfant',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='lectures', to='famille.enfant'),
        ),
        migrations.RunPython(aller, retour),
    ]
