"""The agents' rights on the planning: Accueil enrols and closes, Animation calls the roll, Régie reads, Direction does all."""

from django.db import migrations

from socle.droits import ACCUEIL, ANIMATION, DIRECTION, REGIE, accorder

LIRE, TENIR, TOUT = "view", "view add change", "view add change delete"

CALENDRIER = ["vacances", "jourferie", "fermeture"]
REGLES = ["structure", "prestation", "placesdujour"]
LECTURE = dict.fromkeys([*CALENDRIER, *REGLES, "inscription", "reservation"], LIRE)

DROITS = {
    ACCUEIL: {**LECTURE, "fermeture": TOUT, "inscription": TENIR, "reservation": "view change"},
    ANIMATION: {**LECTURE, "reservation": "view faire_appel"},
    REGIE: LECTURE,
    DIRECTION: {
        **dict.fromkeys([*CALENDRIER, *REGLES], TOUT),
        "inscription": TENIR,
        "reservation": "view change faire_appel",
    },
}


def accorder_les_droits(apps, schema_editor):
    accorder(apps, "planning", DROITS)


class Migration(migrations.Migration):
    dependencies = [("planning", "0002_garde_fous"), ("famille", "0002_groupes")]

    operations = [
        migrations.AlterModelOptions(
            name="reservation",
            options={
                "ordering": ["jour", "inscription"],
                "permissions": [("faire_appel", "Peut faire l’appel")],
                "verbose_name": "réservation",
                "verbose_name_plural": "réservations",
            },
        ),
        # Backwards, rights stay: a town may have changed them since.
        migrations.RunPython(accorder_les_droits, migrations.RunPython.noop),
    ]
