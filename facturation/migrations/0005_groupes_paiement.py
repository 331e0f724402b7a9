"""Once gave the groups their rights on online payments: they are in `facturation/droits.py` now."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("facturation", "0004_paiement_en_ligne"),
        ("famille", "0002_groupes"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = []
