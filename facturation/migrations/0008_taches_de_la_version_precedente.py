"""What the former version left in the queue is found by the new one: campaigns and papers have each their tasks."""

from django.db import migrations

CHEMINS = {
    "facturation.taches.rendre_factures": "facturation.papiers.taches.rendre_factures",
    "facturation.taches.relier_campagne": "facturation.papiers.taches.relier_campagne",
    "facturation.taches_campagne.calculer_apercu": "facturation.campagne.taches.calculer_apercu",
    "facturation.taches_campagne.emettre_campagne": "facturation.campagne.taches.emettre_campagne",
}


def porter(apps, schema_editor):
    taches = apps.get_model("django_tasks_database", "DBTaskResult").objects
    for ancien, nouveau in CHEMINS.items():
        taches.filter(task_path=ancien).update(task_path=nouveau)


def ramener(apps, schema_editor):
    taches = apps.get_model("django_tasks_database", "DBTaskResult").objects
    for ancien, nouveau in CHEMINS.items():
        taches.filter(task_path=nouveau).update(task_path=ancien)


class Migration(migrations.Migration):
    dependencies = [
        ("django_tasks_database", "0021_conditional_partial_index_ordering"),
        ("facturation", "0007_contraintes_par_nom"),
    ]

    operations = [migrations.RunPython(porter, ramener)]
