"""Rights on money. Régie keeps the till; Accueil reads what a parent may ask about at the desk."""

from django.db import migrations

from socle.droits import ACCUEIL, DIRECTION, REGIE, accorder

LIRE, TENIR = "view", "view add change"

LA_CAISSE = {
    "regie": "view change",
    "compteur": LIRE,
    "structureenregie": "view add change delete",
    "tarif": TENIR,
    "tranchedetarif": "view add change delete",
    "campagnedefacturation": "view add emettre_campagne",
    "facture": LIRE,
    "ligne": LIRE,
    "avoir": "view add",
    "reglement": "view add annuler_reglement",
    "affectation": LIRE,
}
DROITS = {
    REGIE: LA_CAISSE,
    DIRECTION: LA_CAISSE | {"regie": TENIR},
    ACCUEIL: {"tarif": LIRE, "facture": LIRE, "avoir": LIRE, "reglement": LIRE},
}


def accorder_les_droits(apps, schema_editor):
    accorder(apps, "facturation", DROITS)


class Migration(migrations.Migration):
    dependencies = [
        ("facturation", "0001_initial"),
        ("famille", "0002_groupes"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    # Backwards, rights stay: a town may have changed them since.
    operations = [migrations.RunPython(accorder_les_droits, migrations.RunPython.noop)]
