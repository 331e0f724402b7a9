"""Lists of operations in their order, without sorting five years of them for a page; those that are late."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("facturation", "0019_reports_de_tarifs")]

    operations = [
        migrations.AddIndex(
            model_name="facture",
            index=models.Index(fields=["-date", "-id"], include=("echeance",), name="factures_par_date"),
        ),
        migrations.AddIndex(
            model_name="reglement",
            index=models.Index(fields=["-date", "-id"], name="reglements_par_date"),
        ),
    ]
