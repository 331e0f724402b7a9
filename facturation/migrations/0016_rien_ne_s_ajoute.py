"""No line is added to what another transaction has issued: two that cancel each other would change its days unseen."""

from django.db import migrations

# `xmin` is the transaction that wrote a row, or a part of one (a savepoint): a number of 32 bits, that comes round.
DE_CETTE_TRANSACTION = """
CREATE OR REPLACE FUNCTION facturation_est_de_cette_transaction(ecrite xid) RETURNS boolean LANGUAGE sql VOLATILE AS $$
    SELECT pg_xact_status((borne - (borne - ecrite::text::bigint) % 4294967296)::text::xid8) = 'in progress'
    FROM (SELECT pg_current_xact_id()::text::bigint + 2147483647) AS present(borne)
$$;
"""
LIGNES = """
CREATE OR REPLACE FUNCTION facturation_verifier_lignes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    la_facture bigint;
    l_avoir bigint;
    ecrite xid;
    attendu numeric;
    somme numeric;
BEGIN
    IF TG_TABLE_NAME = 'facturation_facture' THEN
        la_facture := NEW.id;
    ELSIF TG_TABLE_NAME = 'facturation_avoir' THEN
        l_avoir := NEW.id;
    ELSE
        la_facture := NEW.facture_id;
        l_avoir := NEW.avoir_id;
    END IF;
    IF la_facture IS NOT NULL THEN
        SELECT montant, xmin INTO attendu, ecrite FROM facturation_facture WHERE id = la_facture;
        SELECT coalesce(sum(montant), 0) INTO somme FROM facturation_ligne WHERE facture_id = la_facture;
    ELSE
        SELECT -montant, xmin INTO attendu, ecrite FROM facturation_avoir WHERE id = l_avoir;
        SELECT coalesce(sum(montant), 0) INTO somme FROM facturation_ligne WHERE avoir_id = l_avoir;
    END IF;
    IF somme IS DISTINCT FROM attendu THEN
        RAISE EXCEPTION 'La somme des lignes (%) n’est pas le montant (%).', somme, attendu
            USING ERRCODE = 'check_violation';
    END IF;
    IF NOT facturation_est_de_cette_transaction(ecrite) THEN
        RAISE EXCEPTION 'Ce qui est émis ne change pas (INSERT sur %) : une erreur se corrige par une autre opération.',
            TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("facturation", "0015_parts_d_un_apercu")]

    operations = [
        migrations.RunSQL(DE_CETTE_TRANSACTION, migrations.RunSQL.noop),
        # Going back leaves the stricter rule: it asks nothing of the tables of before.
        migrations.RunSQL(LIGNES, migrations.RunSQL.noop),
    ]
