"""What the former version left in the queue is found by the new one: e-mails and mailings have moved."""

from django.db import migrations

CHEMINS = {
    "messagerie.courriels.distribuer": "courriels.taches.distribuer",
    "messagerie.models.envoi.expedier": "messagerie.envois.taches.expedier",
}
# E-mails now pass before the rest.
PRIORITES = {"courriels.taches.distribuer": 50}


def porter(apps, schema_editor):
    taches = apps.get_model("django_tasks_database", "DBTaskResult").objects
    for ancien, nouveau in CHEMINS.items():
        taches.filter(task_path=ancien).update(task_path=nouveau)
    for chemin, priorite in PRIORITES.items():
        taches.filter(task_path=chemin).update(priority=priorite)


def ramener(apps, schema_editor):
    taches = apps.get_model("django_tasks_database", "DBTaskResult").objects
    for chemin in PRIORITES:
        taches.filter(task_path=chemin).update(priority=0)
    for ancien, nouveau in CHEMINS.items():
        taches.filter(task_path=nouveau).update(task_path=ancien)


class Migration(migrations.Migration):
    dependencies = [
        ("django_tasks_database", "0021_conditional_partial_index_ordering"),
        ("messagerie", "0005_boite_d_envoi_ailleurs"),
    ]

    operations = [migrations.RunPython(porter, ramener)]
