"""The agents' rights on requests, and the first usual reasons of a refusal, which the town may change.

Each kind also wants the right to change what it changes: Régie decides CAF and bank, health is for Direction.
"""

from django.db import migrations

from socle.droits import ACCUEIL, ANIMATION, DIRECTION, REGIE, accorder

TRAITER = "view traiter_demande"
DROITS = {
    ACCUEIL: {"demande": TRAITER, "motifusuel": "view add change delete"},
    ANIMATION: {"demande": TRAITER, "motifusuel": "view"},
    REGIE: {"demande": TRAITER, "motifusuel": "view"},
    DIRECTION: {"demande": TRAITER, "motifusuel": "view add change delete"},
}
MOTIFS = [
    "Il manque un justificatif : joignez-le à une nouvelle demande.",
    "Le justificatif joint ne correspond pas à la demande.",
    "Il n’y a plus de place ce jour-là.",
    "La demande est arrivée hors délai.",
    "Cette demande en double une autre, déjà traitée.",
]


def accorder_les_droits(apps, schema_editor):
    accorder(apps, "demandes", DROITS)


def proposer_les_motifs(apps, schema_editor):
    motifs = apps.get_model("demandes", "MotifUsuel")
    motifs.objects.bulk_create([motifs(texte=texte) for texte in MOTIFS], ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [
        ("demandes", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    # Backwards, rights stay: a town may have changed them since.
    operations = [
        migrations.RunPython(accorder_les_droits, migrations.RunPython.noop),
        migrations.RunPython(proposer_les_motifs, migrations.RunPython.noop),
    ]
