"""What every test relies on."""

import gc
import os
from collections.abc import Iterator
from itertools import count

import hypothesis
import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test import TransactionTestCase

from socle.reglages.lecture import Connues
from socle.reglages.moment import une_lecture
from socle.roles.proprietaire import CONNEXION, autrement, en_proprietaire
from tests.depart import photographier, revenir
from tests.moule import moule

pytest_plugins = [
    "tests.ordre",
    "tests.distribution",
    "tests.courriels.bal",
    "tests.messagerie.ouvriers",
    "tests.disque_plein",
]


# Nine thousand tests are gathered before one runs, and nothing of theirs is garbage.
gc.disable()


def pytest_collection_finish() -> None:
    """What a process has loaded by now lives as long as it does: nine thousand tests need not have it gone through."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000)
    gc.enable()


# A busy machine is not a slow function.
hypothesis.settings.register_profile("portail", deadline=None)
hypothesis.settings.load_profile("portail")

DOSSIERS = count(1)


@pytest.fixture(autouse=True)
def fichiers_a_part(settings, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No test writes among the files of the demo or of development: its folder is made once it writes.

    A process of its own, as `mutants` makes, counts from the same number as the next one: each has its folders.
    """
    settings.MEDIA_ROOT = tmp_path_factory.getbasetemp() / "fichiers" / f"{os.getpid()}-{next(DOSSIERS)}"


@pytest.fixture(autouse=True)
def rien_n_est_regle() -> Iterator[None]:
    """A test is a moment of its own, in a town that has set nothing: what it sets, it reads again."""
    Connues.lues = 0, {}
    with une_lecture(toutes={}):
        yield


# How tests connect: as the portal does where it serves.
SERVICE = {cle: connection.settings_dict[cle] for cle in CONNEXION}


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, django_db_blocker) -> Iterator[None]:
    """A process copies the migrated database instead of migrating its own. Whoever makes and drops it owns it."""
    with django_db_blocker.unblock(), en_proprietaire(connection):
        connection.settings_dict["TEST"]["TEMPLATE"] = moule(connection)
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> Iterator[None]:
    """A test that commits would end with empty tables: it ends where every test starts."""
    with django_db_blocker.unblock():
        depart = photographier()
    with pytest.MonkeyPatch.context() as retouche, autrement(connection, SERVICE):
        retouche.setattr(TransactionTestCase, "_fixture_teardown", lambda essai: revenir(depart))
        yield


@pytest.fixture
def par_le_proprietaire(django_db_setup) -> Iterator[None]:
    """The test is that of the role that owns the tables. To be asked for before the database (`usefixtures`)."""
    with en_proprietaire(connection):
        yield


@pytest.fixture
def migrations(par_le_proprietaire, transactional_db):
    """Moves the schema to `[(app, migration)]`, and brings it back to the latest."""
    yield _migrer
    call_command("migrate", verbosity=0)


def _migrer(cibles: list[tuple[str, str | None]]):
    """Migrate to these (None: before the first), and return the models as they were then."""
    MigrationExecutor(connection).migrate(cibles)
    posees = [cible for cible in cibles if cible[1]]
    return MigrationExecutor(connection).loader.project_state(posees).apps
