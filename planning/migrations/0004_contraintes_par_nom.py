"""The constraint names its fields as forms do. What PostgreSQL holds is the same: nothing is rebuilt."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import migrations
from django.db.models import Deferrable, F, Func, Value


def un_seul(champ):
    return Func(F(champ), F(champ), Value("[]"), function="int8range")


class Migration(migrations.Migration):
    dependencies = [("planning", "0003_groupes")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveConstraint("inscription", "inscription_sans_chevauchement"),
                migrations.AddConstraint(
                    "inscription",
                    ExclusionConstraint(
                        name="inscription_sans_chevauchement",
                        expressions=[
                            (un_seul("enfant"), "&&"),
                            (un_seul("prestation"), "&&"),
                            (un_seul("famille"), "&&"),
                            (Func(F("du"), F("au"), Value("[]"), function="daterange"), "&&"),
                        ],
                        deferrable=Deferrable.IMMEDIATE,
                        violation_error_message="L’enfant est déjà inscrit à cette prestation à ces dates.",
                    ),
                ),
            ]
        )
    ]
