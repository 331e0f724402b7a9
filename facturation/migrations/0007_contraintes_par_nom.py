"""The constraints name their fields as forms do. What PostgreSQL holds is the same: nothing is rebuilt."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import migrations
from django.db.models import F, Func, Value


def un_seul(champ):
    return Func(F(champ), F(champ), Value("[]"), function="int8range")


def du_au():
    return Func(F("du"), F("au"), Value("[]"), function="daterange")


class Migration(migrations.Migration):
    dependencies = [("facturation", "0006_apercus_et_cahiers")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveConstraint("campagnedefacturation", "une_campagne_par_regie_et_periode"),
                migrations.AddConstraint(
                    "campagnedefacturation",
                    ExclusionConstraint(
                        name="une_campagne_par_regie_et_periode",
                        expressions=[(un_seul("regie"), "&&"), (du_au(), "&&")],
                        violation_error_message="Cette régie a déjà une campagne sur cette période.",
                    ),
                ),
                migrations.RemoveConstraint("tarif", "un_tarif_par_jour"),
                migrations.AddConstraint(
                    "tarif",
                    ExclusionConstraint(
                        name="un_tarif_par_jour",
                        expressions=[(un_seul("prestation"), "&&"), (du_au(), "&&")],
                        violation_error_message="Cette prestation a déjà un tarif à ces dates.",
                    ),
                ),
            ]
        )
    ]
