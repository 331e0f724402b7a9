"""What every test relies on."""

from collections.abc import Generator

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from pytest_django.plugin import blocking_manager_key

from tests.moule import moule

pytest_plugins = ["tests.distribution", "tests.courriels.bal"]


@pytest.fixture(autouse=True)
def fichiers_a_part(settings, tmp_path):
    """No test writes among the files of the demo or of development."""
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, django_db_blocker) -> None:
    """A process copies the migrated database instead of migrating its own."""
    with django_db_blocker.unblock():
        connection.settings_dict["TEST"]["TEMPLATE"] = moule(connection)


CE_QUE_POSENT_LES_MIGRATIONS = pytest.StashKey[str]()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker, request: pytest.FixtureRequest) -> None:
    """The database as migrations leave it: the agents' groups and their rights."""
    with django_db_blocker.unblock():
        request.config.stash[CE_QUE_POSENT_LES_MIGRATIONS] = connection.creation.serialize_db_to_string()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Generator[None, object, object]:
    """A test that commits ends with empty tables: put back what migrations wrote, for whichever test comes next."""
    resultat = yield
    marque = item.get_closest_marker("django_db")
    if nextitem and ("transactional_db" in item.fixturenames or (marque and marque.kwargs.get("transaction"))):
        with item.config.stash[blocking_manager_key].unblock():
            call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=True)
            connection.creation.deserialize_db_from_string(item.config.stash[CE_QUE_POSENT_LES_MIGRATIONS])
            with connection.cursor() as curseur:
                # The rows came back with their numbers, of which the sequences know nothing.
                curseur.execute("\n".join(connection.ops.sequence_reset_sql(no_style(), apps.get_models())))
    return resultat


@pytest.fixture
def migrations(transactional_db):
    """Moves the schema to `[(app, migration)]`, and brings it back to the latest."""
    yield _migrer
    call_command("migrate", verbosity=0)


def _migrer(cibles: list[tuple[str, str | None]]):
    """Migrate to these (None: before the first), and return the models as they were then."""
    MigrationExecutor(connection).migrate(cibles)
    posees = [cible for cible in cibles if cible[1]]
    return MigrationExecutor(connection).loader.project_state(posees).apps
