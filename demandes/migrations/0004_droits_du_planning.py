"""Who decides of bookings and absences: not the régie."""

from django.db import migrations

from socle.droits import ACCUEIL, ANIMATION, DIRECTION, accorder

DROITS = {groupe: {"demande": "decider_du_planning"} for groupe in (ACCUEIL, ANIMATION, DIRECTION)}


def accorder_les_droits(apps, schema_editor):
    accorder(apps, "demandes", DROITS)


class Migration(migrations.Migration):
    dependencies = [("demandes", "0003_choix")]

    # Backwards, rights stay: a town may have changed them since.
    operations = [migrations.RunPython(accorder_les_droits, migrations.RunPython.noop)]
