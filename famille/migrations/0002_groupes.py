"""The agents' groups and their rights on familles. Health data: Animation reads, Direction writes."""

from django.db import migrations

from socle.droits import ACCUEIL, ANIMATION, DIRECTION, REGIE, accorder

TENIR, LIRE, TOUT = "view add change", "view", "view add change delete"

DROITS = {
    ACCUEIL: {
        "famille": TENIR,
        "responsable": f"{TENIR} ouvrir_acces",
        "enfant": TENIR,
        "rattachement": TOUT,
        "tiers": TOUT,
        "assurance": TENIR,
        "ecole": TENIR,
        "informationscaf": TENIR,
        "quotientfamilial": TENIR,
        "informationsfiscales": TENIR,
    },
    ANIMATION: {
        "famille": LIRE,
        "responsable": LIRE,
        "enfant": LIRE,
        "rattachement": LIRE,
        "tiers": LIRE,
        "assurance": LIRE,
        "ecole": LIRE,
        "fichesanitaire": LIRE,
        "vaccination": LIRE,
    },
    REGIE: {
        "famille": LIRE,
        "responsable": LIRE,
        "enfant": LIRE,
        "rattachement": LIRE,
        "ecole": LIRE,
        "informationscaf": TENIR,
        "quotientfamilial": TENIR,
        "informationsfiscales": TENIR,
        "informationsbancaires": TENIR,
    },
    DIRECTION: {
        "compte": TENIR,
        "famille": TOUT,
        "responsable": f"{TOUT} ouvrir_acces",
        "enfant": TOUT,
        "rattachement": TOUT,
        "tiers": TOUT,
        "assurance": TOUT,
        "ecole": TOUT,
        "informationscaf": TOUT,
        "quotientfamilial": TOUT,
        "informationsfiscales": TOUT,
        "informationsbancaires": TOUT,
        "fichesanitaire": TOUT,
        "vaccination": TOUT,
        "lecturesante": LIRE,
    },
}


def accorder_les_droits(apps, schema_editor):
    accorder(apps, "famille", DROITS)


class Migration(migrations.Migration):
    dependencies = [
        ("famille", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    # Backwards, rights stay: a town may have changed them since.
    operations = [migrations.RunPython(accorder_les_droits, migrations.RunPython.noop)]
