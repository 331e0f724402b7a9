"""« Today », for the two triggers of 0012, is that of the portal's time zone, whoever asks: psql reckons in its own.

The zone is a function of PostgreSQL: `planning.calendrier.fuseau` writes it again after each migrate.
"""

from django.db import migrations

FUSEAU = "CREATE FUNCTION planning_fuseau() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$ SELECT 'Europe/Paris' $$"
INSCRIRE = """
CREATE OR REPLACE FUNCTION planning_inscription_d_un_rattachement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.famille_id, NEW.enfant_id) = (OLD.famille_id, OLD.enfant_id) THEN
        RETURN NULL;
    END IF;
    PERFORM 1 FROM famille_rattachement r
    WHERE r.famille_id = NEW.famille_id AND r.enfant_id = NEW.enfant_id FOR KEY SHARE;
    -- As it has become by the end of the transaction: gone, or over, it needs no tie.
    IF NOT FOUND AND EXISTS (SELECT FROM planning_inscription i
                             WHERE i.id = NEW.id AND i.famille_id = NEW.famille_id AND i.enfant_id = NEW.enfant_id
                               AND (i.au IS NULL OR i.au >= (now() AT TIME ZONE {fuseau})::date)) THEN
        RAISE EXCEPTION 'inscription_d_un_rattachement: this famille does not have this child'
            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'inscription_d_un_rattachement';
    END IF;
    RETURN NULL;
END $$
"""
QUITTER = """
CREATE OR REPLACE FUNCTION planning_rattachement_sans_avenir() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM planning_inscription i
               WHERE i.famille_id = OLD.famille_id AND i.enfant_id = OLD.enfant_id
                 AND (i.au IS NULL OR i.au >= (now() AT TIME ZONE {fuseau})::date))
       AND NOT EXISTS (SELECT FROM famille_rattachement r
                       WHERE r.famille_id = OLD.famille_id AND r.enfant_id = OLD.enfant_id) THEN
        RAISE EXCEPTION 'rattachement_sans_avenir: this child is still enrolled on behalf of this famille'
            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'rattachement_sans_avenir';
    END IF;
    RETURN NULL;
END $$
"""


def _remplacer(fonction: str) -> migrations.RunSQL:
    return migrations.RunSQL(fonction.format(fuseau="planning_fuseau()"), fonction.format(fuseau="'Europe/Paris'"))


class Migration(migrations.Migration):
    dependencies = [("planning", "0013_fusion_d_enfants")]

    operations = [
        migrations.RunSQL(FUSEAU, "DROP FUNCTION planning_fuseau"),
        _remplacer(INSCRIRE),
        _remplacer(QUITTER),
    ]
