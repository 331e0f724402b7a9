"""What is given to the role that serves: by who owns the tables, in one go, and nothing by itself to itself."""

from types import SimpleNamespace

import pytest
from django.db import ProgrammingError, connection
from django.test.utils import CaptureQueriesContext

from socle.roles.droits import _biens, donner
from socle.roles.proprietaire import autrement, proprietaire_de


def test_les_tables_et_les_suites_ne_se_confondent_pas(par_le_proprietaire, db):
    tables, suites = _biens(connection)
    assert "famille_enfant" in tables
    assert "famille_enfant_id_seq" in suites
    assert not set(tables) & set(suites)


def test_qui_sert_et_possede_ne_se_prend_rien(par_le_proprietaire, db):
    with connection.cursor() as curseur:
        curseur.execute("SELECT current_user")
        (moi,) = curseur.fetchone()
    with CaptureQueriesContext(connection) as requetes:
        donner(connection, moi)
    assert not [requete for requete in requetes if requete["sql"].startswith(("GRANT", "REVOKE"))]


def test_tout_se_donne_ou_rien(par_le_proprietaire, db, monkeypatch):
    def couper(*_: object):
        yield "REVOKE SELECT ON famille_enfant FROM portail_service"
        yield "GRANT nothing"

    monkeypatch.setattr("socle.roles.droits._ordres", couper)
    with pytest.raises(ProgrammingError):
        donner(connection, "portail_service")
    with connection.cursor() as curseur:
        curseur.execute("SELECT has_table_privilege('portail_service', 'famille_enfant', 'SELECT')")
        assert curseur.fetchone() == (True,)


def test_deux_machines_qui_migrent_a_la_fois_donnent_l_une_apres_l_autre(par_le_proprietaire, db):
    with CaptureQueriesContext(connection) as requetes:
        donner(connection, "portail_service")
    sql = [requete["sql"] for requete in requetes]
    verrou = next(rang for rang, ordre in enumerate(sql) if "pg_advisory_xact_lock" in ordre)
    assert verrou < next(rang for rang, ordre in enumerate(sql) if ordre.startswith(("GRANT", "REVOKE")))


@pytest.mark.parametrize(
    ("reglages", "acces"),
    [
        ({}, {}),
        ({"PROPRIETAIRE": {}}, {}),
        (
            {"PROPRIETAIRE": {"USER": "lui", "PORT": "5432", "OPTIONS": {"sslmode": "require"}, "NAME": "autre"}},
            {"USER": "lui", "PORT": "5432", "OPTIONS": {"sslmode": "require"}},
        ),
    ],
)
def test_le_proprietaire_se_connecte_autrement_a_la_meme_base(reglages, acces):
    assert proprietaire_de(SimpleNamespace(settings_dict=reglages)) == acces


def test_une_connexion_revient_a_ce_qu_elle_etait(monkeypatch):
    fermetures = []
    reglages = {"USER": "service", "NAME": "portail"}
    connexion = SimpleNamespace(settings_dict=reglages, close=lambda: fermetures.append(dict(reglages)))
    with autrement(connexion, {"USER": "lui", "PORT": "5432"}):
        assert reglages == {"USER": "lui", "PORT": "5432", "NAME": "portail"}
    assert reglages == {"USER": "service", "PORT": "", "NAME": "portail"}
    # Closed as it was before, each time: the next one opens as it is said.
    assert [fermee["USER"] for fermee in fermetures] == ["service", "lui"]
