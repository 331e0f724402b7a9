"""Rights on online payments: the till and the direction read them, examine, confirm; the front desk reads."""

from django.db import migrations

from socle.droits import ACCUEIL, DIRECTION, REGIE, accorder

TENIR = {"paiementenligne": "view confirmer_paiementenligne", "notificationtipi": "view change"}
DROITS = {REGIE: TENIR, DIRECTION: TENIR, ACCUEIL: {"paiementenligne": "view"}}


def accorder_les_droits(apps, schema_editor):
    accorder(apps, "facturation", DROITS)


class Migration(migrations.Migration):
    dependencies = [
        ("facturation", "0004_paiement_en_ligne"),
        ("famille", "0002_groupes"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    # Backwards, rights stay: a town may have changed them since.
    operations = [migrations.RunPython(accorder_les_droits, migrations.RunPython.noop)]
