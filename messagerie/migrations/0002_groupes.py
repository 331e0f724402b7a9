"""Once gave the groups their rights on words: they are in `messagerie/droits.py` now, given after each migrate."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("messagerie", "0001_initial"), ("famille", "0002_groupes")]

    operations = []
