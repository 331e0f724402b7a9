"""The role that serves reads and writes rows. Tables, triggers and what was issued are out of its reach."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import IntegrityError, ProgrammingError, connection, transaction
from psycopg2 import errors

from facturation.models import Affectation, Avoir, DocumentFacture, Facture, Ligne, Reglement
from socle.roles.proprietaire import en_proprietaire
from socle.roles.verification import verifier_le_role
from socle.verrous import verrouiller
from tests.facturation import fabriques

GRAND_LIVRE = [Facture, Ligne, Reglement, Avoir, Affectation, DocumentFacture]


@contextmanager
def interdit() -> Iterator[None]:
    with pytest.raises(ProgrammingError) as refus, transaction.atomic():
        yield
    assert isinstance(refus.value.__cause__, errors.InsufficientPrivilege)


def executer(sql: str) -> None:
    with connection.cursor() as curseur:
        curseur.execute(sql)


def lire(sql: str) -> object:
    with connection.cursor() as curseur:
        curseur.execute(sql)
        return curseur.fetchone()[0]


def test_les_tests_sont_ceux_du_role_qui_sert(db):
    assert lire("SELECT current_user") == lire("SELECT session_user") == settings.ROLE_DE_SERVICE == "portail_service"


@pytest.mark.parametrize("modele", GRAND_LIVRE)
@pytest.mark.parametrize(
    "ordre",
    [
        "UPDATE {table} SET {champ} = {champ}",
        "DELETE FROM {table}",
        "TRUNCATE {table} CASCADE",
        "ALTER TABLE {table} DISABLE TRIGGER ALL",
        "ALTER TABLE {table} DISABLE TRIGGER {declencheur}",
        "ALTER TABLE {table} ADD COLUMN intrus int",
        "DROP TABLE {table} CASCADE",
        "DROP TRIGGER {declencheur} ON {table}",
        "CREATE TRIGGER intrus BEFORE INSERT ON {table} EXECUTE FUNCTION facturation_refuser_modification()",
        "CREATE RULE intrus AS ON INSERT TO {table} DO INSTEAD NOTHING",
        "CREATE INDEX ON {table} (id)",
    ],
)
def test_le_grand_livre_ne_lui_appartient_pas(db, ordre, modele):
    champ = next(champ.column for champ in modele._meta.fields if not champ.primary_key)
    declencheur = next(d for d in modele._meta.triggers if d.name == "immuable").get_pgid(modele)
    with interdit():
        executer(ordre.format(table=modele._meta.db_table, champ=champ, declencheur=declencheur))


@pytest.mark.parametrize(
    "ordre",
    [
        "SET session_replication_role = replica",
        "SELECT set_config('session_replication_role', 'replica', true)",
        "ALTER ROLE portail_service SET session_replication_role = replica",
        "SET ROLE postgres",
        "SET SESSION AUTHORIZATION postgres",
        "CREATE TABLE intruse ()",
        # It would come before the true one in what a trigger reads.
        "CREATE TEMPORARY TABLE facturation_ligne ()",
        "CREATE SCHEMA intrus",
        "CREATE ROLE intrus",
        "CREATE FUNCTION intruse() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE OR REPLACE FUNCTION facturation_refuser_modification() RETURNS trigger LANGUAGE plpgsql AS"
        " 'BEGIN RETURN NEW; END'",
        "ALTER FUNCTION facturation_refuser_modification() RENAME TO endormie",
        "DROP FUNCTION facturation_verifier_lignes() CASCADE",
        "ALTER ROLE portail_service SUPERUSER",
        "ALTER SEQUENCE facturation_facture_id_seq RESTART",
        "TRUNCATE famille_famille CASCADE",
        "DROP TABLE famille_famille CASCADE",
        "ALTER TABLE demandes_decision DISABLE TRIGGER USER",
        "INSERT INTO django_migrations (app, name, applied) VALUES ('intruse', '0001', now())",
        "DELETE FROM django_migrations",
        "SELECT pg_read_file('PG_VERSION')",
        "COPY famille_famille TO PROGRAM 'cat'",
    ],
)
def test_ni_le_reste_de_la_base_ni_le_serveur(db, ordre):
    with interdit():
        executer(ordre)


def test_il_ne_cree_ni_base_ni_role(db):
    pouvoirs = "rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication OR rolbypassrls"
    assert lire(f"SELECT {pouvoirs} FROM pg_roles WHERE rolname = current_user") is False
    assert lire("SELECT count(*) FROM pg_auth_members WHERE member = current_user::regrole") == 0


def test_il_ne_donne_a_personne_ce_qu_il_a(db):
    executer("SET LOCAL client_min_messages = error")
    executer("GRANT SELECT ON facturation_facture TO PUBLIC")
    assert lire("SELECT has_table_privilege('public', 'facturation_facture', 'SELECT')") is False


def test_ce_qu_il_verrouille_il_ne_le_change_pas(dupont):
    """Locking an invoice takes the right to write its key: the trigger refuses that too."""
    facture = fabriques.facture(fabriques.RegieFactory(), dupont.famille, "120.60", date(2015, 4, 1), date(2015, 4, 30))
    assert verrouiller(Facture.objects, facture.pk) == facture
    with pytest.raises(IntegrityError), transaction.atomic():
        executer("UPDATE facturation_facture SET id = id")


def constats() -> list[str]:
    return [constat.id for constat in verifier_le_role()]


def test_le_controle_de_deploiement_n_a_rien_a_dire_de_lui(db):
    assert constats() == []


def test_le_controle_de_deploiement_dit_qu_un_proprietaire_sert(par_le_proprietaire, db):
    assert constats() == ["socle.W010"]


def test_le_controle_de_deploiement_dit_ce_qui_lui_manque_et_migrer_le_lui_donne(transactional_db):
    with en_proprietaire(connection):
        executer("REVOKE ALL ON famille_enfant FROM portail_service")
    assert constats() == ["socle.E010"]
    call_command("migrate", verbosity=0)
    assert constats() == []


def test_ce_qu_il_avait_en_trop_lui_est_repris(transactional_db):
    with en_proprietaire(connection):
        executer("GRANT ALL ON facturation_facture, django_migrations TO portail_service")
    assert constats() == ["socle.W010"]
    call_command("migrate", verbosity=0)
    assert constats() == []
    with interdit():
        executer("DELETE FROM facturation_facture")
    with interdit():
        executer("DELETE FROM django_migrations")
