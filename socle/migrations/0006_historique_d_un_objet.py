"""What agents did to a record is read by that record: its page of history, that of its famille, and « a changé depuis ».

Django indexes its table by kind and by account alone.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("socle", "0005_temoin_des_cles"),
        ("admin", "0003_logentry_add_action_flag_choices"),
    ]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX IF NOT EXISTS historique_d_un_objet ON django_admin_log (content_type_id, object_id)",
            "DROP INDEX IF EXISTS historique_d_un_objet",
        ),
    ]
