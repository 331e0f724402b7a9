"""The agents' rights on words: Accueil converses and publishes, Animation publishes, Direction does all."""

from django.db import migrations

from socle.droits import ACCUEIL, ANIMATION, DIRECTION, REGIE, accorder

LIRE, TENIR, TOUT = "view", "view add change", "view add change delete"

DROITS = {
    ACCUEIL: {
        "fil": TENIR,
        "message": LIRE,
        "piece": LIRE,
        "envoi": TOUT,
        "information": TOUT,
        "document": TOUT,
        "courriel": "view change",
    },
    ANIMATION: {"information": TENIR, "document": TENIR},
    REGIE: {"fil": TENIR, "message": LIRE, "piece": LIRE, "courriel": LIRE},
    DIRECTION: {
        "fil": TENIR,
        "message": LIRE,
        "piece": LIRE,
        "envoi": TOUT,
        "information": TOUT,
        "document": TOUT,
        "courriel": "view change",
    },
}


def accorder_les_droits(apps, schema_editor):
    accorder(apps, "messagerie", DROITS)


class Migration(migrations.Migration):
    dependencies = [("messagerie", "0001_initial"), ("famille", "0002_groupes")]

    # Backwards, rights stay: a town may have changed them since.
    operations = [migrations.RunPython(accorder_les_droits, migrations.RunPython.noop)]
