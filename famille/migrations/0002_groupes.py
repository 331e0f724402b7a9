"""Once gave the groups their rights on familles: they are in `famille/droits.py` now, given after each migrate."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("famille", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = []
