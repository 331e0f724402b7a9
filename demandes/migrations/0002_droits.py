"""The first usual reasons of a refusal, which the town may change.

Once gave the groups their rights on requests too: they are in `demandes/droits.py` now, given after each migrate.
"""

from django.db import migrations

MOTIFS = [
    "Il manque un justificatif : joignez-le à une nouvelle demande.",
    "Le justificatif joint ne correspond pas à la demande.",
    "Il n’y a plus de place ce jour-là.",
    "La demande est arrivée hors délai.",
    "Cette demande en double une autre, déjà traitée.",
]


def proposer_les_motifs(apps, schema_editor):
    motifs = apps.get_model("demandes", "MotifUsuel")
    motifs.objects.bulk_create([motifs(texte=texte) for texte in MOTIFS], ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [
        ("demandes", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(proposer_les_motifs, migrations.RunPython.noop)]
