"""A prestation unticked under a former version is inactive since its upgrade, and what is past stays; and back."""

from datetime import date, time

import pytest
from django.core.management import call_command
from django.utils import timezone

from planning.models import Inscription, Prestation, Structure

AVANT = [("planning", "0010_secrets_chiffres")]


def _peupler(anciens) -> None:
    famille = anciens.get_model("famille", "Famille").objects.create(numero="1001001818331")
    enfant = anciens.get_model("famille", "Enfant").objects.create(
        nom="DUPONT", prenom="Léa", date_naissance=date(2007, 6, 3)
    )
    anciens.get_model("famille", "Rattachement").objects.create(famille=famille, enfant=enfant)
    structures, prestations = (anciens.get_model("planning", nom).objects for nom in ("Structure", "Prestation"))
    ouverte, fermee = structures.create(nom="Garderie"), structures.create(nom="Piscine", active=False)
    heures = {"heure_debut": time(8), "heure_fin": time(9)}
    prestations.create(structure=ouverte, nom="Matin", **heures)
    prestations.create(structure=ouverte, nom="Soir", active=False, **heures)
    nage = prestations.create(structure=fermee, nom="Nage", **heures)
    inscription = anciens.get_model("planning", "Inscription").objects.create(
        enfant=enfant, famille=famille, prestation=nage, du=date(2014, 9, 1), jours=31
    )
    inscription.reservations.create(jour=date(2015, 4, 8), etat="absent_excuse", motif="")


@pytest.mark.lent
def test_ce_qui_etait_inactif_l_est_depuis_ce_jour(migrations):
    _peupler(migrations(AVANT))
    call_command("migrate", verbosity=0)

    jour = timezone.localdate()
    fins = dict(Prestation.objects.values_list("nom", "inactive_depuis"))
    assert {nom: fin is not None for nom, fin in fins.items()} == {"Matin": False, "Soir": True, "Nage": True}
    assert abs((fins["Soir"] - jour).days) <= 1  # PostgreSQL's clock is that of Greenwich
    assert [s.nom for s in Structure.objects.filter(inactive_depuis__isnull=True)] == ["Garderie"]
    inscription = Inscription.objects.get()
    etats = [journee.etat for journee in inscription.journees([date(2015, 4, 7), date(2015, 4, 8)])]
    assert etats == ["reguliere", "absent_excuse"]

    anciennes = migrations(AVANT).get_model("planning", "Prestation").objects
    assert dict(anciennes.values_list("nom", "active")) == {"Matin": True, "Soir": False, "Nage": False}
