"""Campaigns issued before they kept their rules take those of today: what changes from now on changes nothing of them.

The form is that of `facturation.campagne.regles`, as it was on the day of this migration.
"""

from datetime import timedelta

from django.db import migrations

RECUL = timedelta(days=2 * 366)


def figer(apps, schema_editor):
    campagnes = apps.get_model("facturation", "CampagneDeFacturation").objects.filter(familles_a_traiter__isnull=False)
    derniere = campagnes.order_by("-au").first()
    if derniere is None:
        return
    calendrier = Calendrier(apps)
    for campagne in campagnes.filter(au__gte=derniere.au - RECUL, regles__isnull=True):
        campagne.regles = _regles(apps, campagne, calendrier)
        campagne.save(update_fields=["regles"])


class Calendrier:
    def __init__(self, apps):
        lire = apps.get_model
        self.vacances = list(lire("planning", "Vacances").objects.order_by("-du").values_list("du", "au", "genre"))
        feries = lire("planning", "JourFerie").objects.filter(travaille=False)
        self.feries = set(feries.values_list("jour", flat=True))
        self.fermetures = list(lire("planning", "Fermeture").objects.values_list("du", "au", "structure_id"))

    def nature(self, jour, structure):
        if jour in self.feries:
            return "F"
        if any(du <= jour <= au and la in (None, structure) for du, au, la in self.fermetures):
            return "X"
        return next((genre for du, au, genre in self.vacances if du <= jour <= au), "S")


def _regles(apps, campagne, calendrier):
    prestations = list(
        apps.get_model("planning", "Prestation").objects.filter(structure__en_regie__regie=campagne.regie_id)
    )
    jours = [campagne.du + timedelta(days=n) for n in range((campagne.au - campagne.du).days + 1)]
    tarifs = apps.get_model("facturation", "Tarif").objects.filter(prestation__in=prestations, du__lte=campagne.au)
    return {
        "prestations": {
            str(p.pk): {
                "structure": p.structure_id,
                "ouverture": [int(p.jours_scolaires), int(p.jours_petites_vacances), int(p.jours_grandes_vacances)],
                "horaires": [p.heure_debut.isoformat(), p.heure_fin.isoformat()],
                "ailleurs": [],
            }
            for p in prestations
        },
        "calendrier": {
            str(structure): "".join(calendrier.nature(jour, structure) for jour in jours)
            for structure in {p.structure_id for p in prestations}
        },
        "grilles": [_grille(tarif) for tarif in tarifs if tarif.au is None or tarif.au >= campagne.du],
    }


def _grille(tarif):
    tranches = sorted(tarif.tranches.all(), key=lambda tranche: (tranche.qf_max is None, tranche.qf_max or 0))
    return {
        "tarif": tarif.pk,
        "prestation": tarif.prestation_id,
        "du": tarif.du.isoformat(),
        "au": tarif.au.isoformat() if tarif.au else None,
        "unite": tarif.unite,
        "pas": tarif.pas_minutes,
        "arrondi": tarif.arrondi,
        "pourcents": [tarif.absence_pourcent, tarif.majoration_pourcent],
        "tranches": [[t.qf_max, str(t.resident), str(t.exterieur)] for t in tranches],
    }


class Migration(migrations.Migration):
    dependencies = [("facturation", "0010_regles_de_campagne"), ("planning", "0005_journees")]

    operations = [migrations.RunPython(figer, migrations.RunPython.noop)]
