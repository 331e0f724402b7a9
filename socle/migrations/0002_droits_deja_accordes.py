"""What migrations gave to the groups before the tables of rights, remembered as given: a copy that never changes.

Each batch was given at once. None of it left in any group: that migration had not run, and the tables give it.
"""

from django.db import migrations

# Batches of {app: {group: {model: rights}}}. The outbox, given by messagerie, is under the address that it has since.
LOTS = [
    {
        "famille": {
            "Accueil": {
                "famille": "view add change",
                "responsable": "view add change ouvrir_acces",
                "enfant": "view add change",
                "rattachement": "view add change delete",
                "tiers": "view add change delete",
                "assurance": "view add change",
                "ecole": "view add change",
                "informationscaf": "view add change",
                "quotientfamilial": "view add change",
                "informationsfiscales": "view add change",
            },
            "Animation": {
                "famille": "view",
                "responsable": "view",
                "enfant": "view",
                "rattachement": "view",
                "tiers": "view",
                "assurance": "view",
                "ecole": "view",
                "fichesanitaire": "view",
                "vaccination": "view",
            },
            "Régie": {
                "famille": "view",
                "responsable": "view",
                "enfant": "view",
                "rattachement": "view",
                "ecole": "view",
                "informationscaf": "view add change",
                "quotientfamilial": "view add change",
                "informationsfiscales": "view add change",
                "informationsbancaires": "view add change",
            },
            "Direction": {
                "compte": "view add change",
                "famille": "view add change delete",
                "responsable": "view add change delete ouvrir_acces",
                "enfant": "view add change delete",
                "rattachement": "view add change delete",
                "tiers": "view add change delete",
                "assurance": "view add change delete",
                "ecole": "view add change delete",
                "informationscaf": "view add change delete",
                "quotientfamilial": "view add change delete",
                "informationsfiscales": "view add change delete",
                "informationsbancaires": "view add change delete",
                "fichesanitaire": "view add change delete",
                "vaccination": "view add change delete",
                "lecturesante": "view",
            },
        },
    },
    {
        "planning": {
            "Accueil": {
                "vacances": "view",
                "jourferie": "view",
                "fermeture": "view add change delete",
                "structure": "view",
                "prestation": "view",
                "placesdujour": "view",
                "inscription": "view add change",
                "reservation": "view change",
            },
            "Animation": {
                "vacances": "view",
                "jourferie": "view",
                "fermeture": "view",
                "structure": "view",
                "prestation": "view",
                "placesdujour": "view",
                "inscription": "view",
                "reservation": "view faire_appel",
            },
            "Régie": {
                "vacances": "view",
                "jourferie": "view",
                "fermeture": "view",
                "structure": "view",
                "prestation": "view",
                "placesdujour": "view",
                "inscription": "view",
                "reservation": "view",
            },
            "Direction": {
                "vacances": "view add change delete",
                "jourferie": "view add change delete",
                "fermeture": "view add change delete",
                "structure": "view add change delete",
                "prestation": "view add change delete",
                "placesdujour": "view add change delete",
                "inscription": "view add change",
                "reservation": "view change faire_appel",
            },
        },
    },
    {
        "facturation": {
            "Régie": {
                "regie": "view change",
                "compteur": "view",
                "structureenregie": "view add change delete",
                "tarif": "view add change",
                "tranchedetarif": "view add change delete",
                "campagnedefacturation": "view add emettre_campagne",
                "facture": "view",
                "ligne": "view",
                "avoir": "view add",
                "reglement": "view add annuler_reglement",
                "affectation": "view",
            },
            "Direction": {
                "regie": "view add change",
                "compteur": "view",
                "structureenregie": "view add change delete",
                "tarif": "view add change",
                "tranchedetarif": "view add change delete",
                "campagnedefacturation": "view add emettre_campagne",
                "facture": "view",
                "ligne": "view",
                "avoir": "view add",
                "reglement": "view add annuler_reglement",
                "affectation": "view",
            },
            "Accueil": {
                "tarif": "view",
                "facture": "view",
                "avoir": "view",
                "reglement": "view",
            },
        },
    },
    {
        "facturation": {
            "Régie": {
                "paiementenligne": "view confirmer_paiementenligne",
                "notificationtipi": "view change",
            },
            "Direction": {
                "paiementenligne": "view confirmer_paiementenligne",
                "notificationtipi": "view change",
            },
            "Accueil": {
                "paiementenligne": "view",
            },
        },
    },
    {
        "messagerie": {
            "Accueil": {
                "fil": "view add change",
                "message": "view",
                "piece": "view",
                "envoi": "view add change delete",
                "information": "view add change delete",
                "document": "view add change delete",
            },
            "Animation": {
                "information": "view add change",
                "document": "view add change",
            },
            "Régie": {
                "fil": "view add change",
                "message": "view",
                "piece": "view",
            },
            "Direction": {
                "fil": "view add change",
                "message": "view",
                "piece": "view",
                "envoi": "view add change delete",
                "information": "view add change delete",
                "document": "view add change delete",
            },
        },
        "courriels": {
            "Accueil": {
                "courriel": "view change",
            },
            "Régie": {
                "courriel": "view",
            },
            "Direction": {
                "courriel": "view change",
            },
        },
    },
    {
        "demandes": {
            "Accueil": {
                "demande": "view traiter_demande",
                "motifusuel": "view add change delete",
            },
            "Animation": {
                "demande": "view traiter_demande",
                "motifusuel": "view",
            },
            "Régie": {
                "demande": "view traiter_demande",
                "motifusuel": "view",
            },
            "Direction": {
                "demande": "view traiter_demande",
                "motifusuel": "view add change delete",
            },
        },
    },
    {
        "demandes": {
            "Accueil": {
                "demande": "decider_du_planning",
            },
            "Animation": {
                "demande": "decider_du_planning",
            },
            "Direction": {
                "demande": "decider_du_planning",
            },
        },
    },
]


def se_souvenir(apps, schema_editor):
    groupes, accordes = apps.get_model("auth", "Group"), apps.get_model("socle", "DroitAccorde")
    presents = set(
        groupes.objects.values_list("name", "permissions__content_type__app_label", "permissions__codename")
    )
    for par_app in LOTS:
        lot = {
            (groupe, app, verbe if "_" in verbe else f"{verbe}_{modele}")
            for app, groupes_de_l_app in par_app.items()
            for groupe, modeles in groupes_de_l_app.items()
            for modele, verbes in modeles.items()
            for verbe in verbes.split()
        }
        if lot & presents:
            accordes.objects.bulk_create([accordes(groupe=g, permission=f"{a}.{code}") for g, a, code in sorted(lot)])


class Migration(migrations.Migration):
    dependencies = [
        ("socle", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(se_souvenir, migrations.RunPython.noop)]
