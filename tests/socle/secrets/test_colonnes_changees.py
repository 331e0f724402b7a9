"""A migration that encrypts a column may change its table next: nothing of what was written is left to be checked."""

from types import SimpleNamespace

from django.db import connection

from famille.models import InformationsBancaires
from socle.colonnes import chiffrer_la_colonne
from tests import fabriques


def test_la_table_se_change_ensuite_dans_la_meme_transaction(par_le_proprietaire, db):
    table = InformationsBancaires._meta.db_table
    compte = fabriques.InformationsBancairesFactory()
    with connection.cursor() as curseur:
        curseur.execute(f"UPDATE {table} SET banque = 'Banque postale' WHERE id = %s", [compte.pk])
    chiffrer_la_colonne(table, "banque").code(None, SimpleNamespace(connection=connection))
    with connection.cursor() as curseur:
        curseur.execute(f"ALTER TABLE {table} ALTER COLUMN banque SET DEFAULT 'aucune'")
    compte.refresh_from_db()
    assert compte.banque == "Banque postale"
