"""A password link that the former version left in the queue passes before the rest, as the following ones do."""

from django.db import migrations

LIENS, PRIORITE = "famille.taches.envoyer_liens_de_mot_de_passe", 60


def presser(apps, schema_editor):
    apps.get_model("django_tasks_database", "DBTaskResult").objects.filter(task_path=LIENS).update(priority=PRIORITE)


def ralentir(apps, schema_editor):
    apps.get_model("django_tasks_database", "DBTaskResult").objects.filter(task_path=LIENS).update(priority=0)


class Migration(migrations.Migration):
    dependencies = [
        ("django_tasks_database", "0021_conditional_partial_index_ordering"),
        ("famille", "0005_courriels_du_dossier"),
    ]

    operations = [migrations.RunPython(presser, ralentir)]
