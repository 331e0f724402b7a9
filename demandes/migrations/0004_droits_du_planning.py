"""Once said who decides of bookings: that is in `demandes/droits.py` now, given after each migrate."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("demandes", "0003_choix")]

    operations = []
