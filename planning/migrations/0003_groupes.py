"""The right to call the roll. Once gave the groups their rights too: they are in `planning/droits.py` now."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("planning", "0002_garde_fous"), ("famille", "0002_groupes")]

    operations = [
        migrations.AlterModelOptions(
            name="reservation",
            options={
                "ordering": ["jour", "inscription"],
                "permissions": [("faire_appel", "Peut faire l’appel")],
                "verbose_name": "réservation",
                "verbose_name_plural": "réservations",
            },
        ),
    ]
