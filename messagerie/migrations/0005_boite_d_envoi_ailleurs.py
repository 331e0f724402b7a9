"""The outbox leaves for an app of its own, `courriels`, with its rows; it keeps a number where it knew a famille."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("messagerie", "0004_information_structures")]

    operations = [
        # The foreign key goes, the column and its index stay.
        migrations.AlterField(
            model_name="courriel",
            name="famille",
            field=models.BigIntegerField(blank=True, db_column="famille_id", db_index=True, editable=False, null=True),
        ),
        migrations.RenameField(model_name="courriel", old_name="famille", new_name="dossier"),
        migrations.AlterField(
            model_name="courriel",
            name="dossier",
            field=models.BigIntegerField(blank=True, db_index=True, editable=False, null=True),
        ),
        # `courriels` takes it up, in its first migration.
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.AlterModelTable(name="courriel", table="courriels_courriel")],
            state_operations=[migrations.DeleteModel(name="courriel")],
        ),
    ]
