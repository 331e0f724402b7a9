"""Migrations on a populated database: nothing is lost on the way to the latest, nothing breaks on the way back."""

import ast
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command

from famille.models import Compte, Famille, FicheSanitaire, InformationsBancaires
from socle.octroi.application import Ecarts, Groupes
from socle.octroi.table import Droit

IBAN, ALLERGIES = "FR1420041010050500013M02606", "Arachide"
PREMIERES = [("famille", "0001_initial")]


def _peupler(anciens) -> None:
    """With the models of the first migration: a famille, its account, its IBAN, a child's health record."""
    compte = anciens.get_model("famille", "Compte").objects.create(
        identifiant="dupont", password=make_password("Plombieres21")
    )
    famille = anciens.get_model("famille", "Famille").objects.create(numero="1001001818331")
    anciens.get_model("famille", "Responsable").objects.create(
        famille=famille, role="titulaire", compte=compte, nom="DUPONT", prenom="Jean", telephone_domicile="0102030405"
    )
    anciens.get_model("famille", "InformationsBancaires").objects.create(famille=famille, iban=IBAN)
    enfant = anciens.get_model("famille", "Enfant").objects.create(
        nom="DUPONT", prenom="Léa", date_naissance=date(2007, 6, 3)
    )
    anciens.get_model("famille", "Rattachement").objects.create(famille=famille, enfant=enfant)
    anciens.get_model("famille", "FicheSanitaire").objects.create(enfant=enfant, allergies=ALLERGIES)


@pytest.mark.lent
def test_un_dossier_du_premier_jour_et_les_groupes_arrivent_entiers_aujourd_hui(migrations):
    """Back to the first day and on to the latest: one way costs half a minute, so it is gone only once."""
    Group.objects.get_or_create(name="Bénévoles")
    _peupler(migrations(PREMIERES))
    call_command("migrate", verbosity=0)
    _verifier_le_dossier()
    _verifier_les_groupes()


def _verifier_le_dossier() -> None:
    famille = Famille.objects.get(numero="1001001818331")
    assert [str(enfant) for enfant in famille.enfants.all()] == ["Léa DUPONT"]
    assert famille.titulaire.compte == Compte.objects.get(identifiant="dupont")
    assert famille.titulaire.compte.check_password("Plombieres21")
    assert InformationsBancaires.objects.get(famille=famille).iban == IBAN
    assert FicheSanitaire.objects.get(enfant__familles=famille).allergies == ALLERGIES


def _verifier_les_groupes() -> None:
    """Backwards, rights stay: a town may have changed them since."""
    noms = set(Group.objects.values_list("name", flat=True))
    assert {"Accueil", "Animation", "Régie", "Direction", "Bénévoles"} <= noms
    assert Group.objects.get(name="Accueil").permissions.filter(codename="change_famille").exists()


# --- The agents' rights ---------------------------------------------------------------------------


def _avant_les_tables() -> None:
    call_command("migrate", "socle", "zero", verbosity=0)


@pytest.mark.long
@pytest.mark.lent
def test_la_version_d_avant_les_tables_garde_ses_droits_et_ce_que_la_ville_en_a_fait(migrations):
    """Before the tables of rights, migrations gave the same ones and nothing remembered it."""
    _avant_les_tables()
    animation, regie = Group.objects.get(name="Animation"), Group.objects.get(name="Régie")
    animation.permissions.remove(Permission.objects.get(codename="decider_du_planning"))
    regie.permissions.add(Permission.objects.get(codename="view_tiers"))
    avant = _droits_des_groupes()
    call_command("migrate", verbosity=0)
    assert _droits_des_groupes() == avant
    assert Groupes().ecarts() == Ecarts(
        retires={Droit("Animation", "demandes", "demande", "decider_du_planning")},
        ajoutes={Droit("Régie", "famille", "tiers", "view_tiers")},
    )


@pytest.mark.long
@pytest.mark.lent
def test_une_base_sans_groupe_recoit_les_droits_des_tables(migrations):
    _avant_les_tables()
    Group.objects.all().delete()
    call_command("migrate", verbosity=0)
    assert Groupes().ecarts() == Ecarts()


def _droits_des_groupes() -> set[tuple]:
    """The outbox had another app before, the journal of readings another name."""
    lus = Group.objects.values_list("name", "permissions__content_type__app_label", "permissions__codename")
    codes = {"view_lecturesante": "view_lectureconfidentielle"}
    return {
        (groupe, "courriels" if code.endswith("_courriel") else app, codes.get(code, code)) for groupe, app, code in lus
    }


# --- Frozen ---------------------------------------------------------------------------------------

APPLICATIONS = {"portail", "demandes", "facturation", "messagerie", "planning", "famille", "courriels", "socle"}
# What a field is made of: its class, its validators, where its files go. Nothing of theirs runs in a migration.
DE_CHAMPS = {
    "famille.iban",
    "famille.naissance",
    "famille.vraisemblance",
    "planning.champs",
    "socle.chiffrement",
    "socle.fichiers.coffre",
    "socle.fichiers.pieces",
}
# What carries a column's values, written for migrations alone.
DE_COLONNES = {"socle.colonnes"}
MIGRATIONS = sorted(Path(settings.BASE_DIR).glob("*/migrations/0*.py"))


@pytest.mark.parametrize("module", MIGRATIONS, ids=lambda module: f"{module.parent.parent.name}.{module.stem}")
def test_une_migration_n_importe_du_portail_que_de_quoi_ecrire_un_champ(module: Path):
    importes = set()
    for noeud in ast.walk(ast.parse(module.read_text())):
        if isinstance(noeud, ast.Import):
            importes |= {alias.name for alias in noeud.names}
        elif isinstance(noeud, ast.ImportFrom):
            importes.add(noeud.module or "")
    assert {nom for nom in importes if nom.split(".")[0] in APPLICATIONS} <= DE_CHAMPS | DE_COLONNES
