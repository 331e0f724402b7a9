"""What is given to the role that serves: by who owns the tables, in one go, and nothing by itself to itself."""

import pytest
from django.db import ProgrammingError, connection
from django.test.utils import CaptureQueriesContext

from socle.roles.droits import _biens, donner


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
