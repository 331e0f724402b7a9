"""What the base of the portal asks of Django at start: its checks, and what follows each migrate."""

from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.checks import Tags

from socle.cles import poser_le_temoin, verifier_les_cles, verifier_les_cles_de_la_base
from socle.octroi.application import accorder_apres_migration
from socle.roles.verification import verifier_le_role


@pytest.fixture
def demandes(monkeypatch) -> dict[str, list]:
    dites: dict[str, list] = {"verifications": [], "suites": []}

    def register(verification: object, *sortes: str, deploy: bool = False) -> None:
        dites["verifications"].append((verification, *sortes, deploy))

    def connect(suite: object, sender: object) -> None:
        dites["suites"].append((suite, sender))

    monkeypatch.setattr("socle.apps.register", register)
    monkeypatch.setattr("socle.apps.post_migrate", SimpleNamespace(connect=connect))
    apps.get_app_config("socle").ready()
    return dites


def test_les_cles_et_le_role_se_verifient_au_deploiement_et_les_cles_avec_la_base(demandes):
    assert demandes["verifications"] == [
        (verifier_les_cles, Tags.security, True),
        (verifier_le_role, Tags.security, True),
        (verifier_les_cles_de_la_base, Tags.database, False),
    ]


def test_apres_chaque_migration_les_droits_puis_le_temoin(demandes):
    socle = apps.get_app_config("socle")
    assert demandes["suites"] == [(accorder_apres_migration, socle), (poser_le_temoin, socle)]
