"""« docs/modele.md » draws the tables as they are."""

from pathlib import Path

from django.apps import AppConfig, apps
from django.conf import settings

from portail.developpement.modele import dessiner

PAGE = Path(settings.BASE_DIR) / "docs" / "modele.md"


def test_le_dessin_du_modele_est_a_jour():
    assert PAGE.read_text() == dessiner(), "manage.py modele le redessine"


def test_chaque_table_a_nous_est_dessinee():
    page = PAGE.read_text()
    notres = [application for application in apps.get_app_configs() if est_a_nous(application)]
    tables = [modele.__name__ for application in notres for modele in application.get_models()]
    assert len(tables) > 40
    assert [table for table in tables if f"    {table} {{" not in page] == []


def est_a_nous(application: AppConfig) -> bool:
    return Path(application.path).parent == Path(settings.BASE_DIR)
