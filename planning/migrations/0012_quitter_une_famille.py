"""A child may leave a famille once nothing is to come: the past of its inscriptions stays, without the tie.

Two triggers instead of a foreign key. Both wait for the end of the transaction, as it did.
"""

from django.db import migrations

CLE = """
ALTER TABLE planning_inscription ADD CONSTRAINT inscription_d_un_rattachement
    FOREIGN KEY (famille_id, enfant_id) REFERENCES famille_rattachement (famille_id, enfant_id)
    DEFERRABLE INITIALLY DEFERRED
"""
SANS_CLE = "ALTER TABLE planning_inscription DROP CONSTRAINT inscription_d_un_rattachement"

# FOR KEY SHARE: the tie is not removed while an inscription is being made.
INSCRIRE = """
CREATE FUNCTION planning_inscription_d_un_rattachement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.famille_id, NEW.enfant_id) = (OLD.famille_id, OLD.enfant_id) THEN
        RETURN NULL;
    END IF;
    PERFORM 1 FROM famille_rattachement r
    WHERE r.famille_id = NEW.famille_id AND r.enfant_id = NEW.enfant_id FOR KEY SHARE;
    -- As it has become by the end of the transaction: gone, or over, it needs no tie.
    IF NOT FOUND AND EXISTS (SELECT FROM planning_inscription i
                             WHERE i.id = NEW.id AND i.famille_id = NEW.famille_id AND i.enfant_id = NEW.enfant_id
                               AND (i.au IS NULL OR i.au >= (now() AT TIME ZONE 'Europe/Paris')::date)) THEN
        RAISE EXCEPTION 'inscription_d_un_rattachement: this famille does not have this child'
            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'inscription_d_un_rattachement';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER inscription_d_un_rattachement
    AFTER INSERT OR UPDATE OF famille_id, enfant_id ON planning_inscription DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION planning_inscription_d_un_rattachement()
"""
QUITTER = """
CREATE FUNCTION planning_rattachement_sans_avenir() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM planning_inscription i
               WHERE i.famille_id = OLD.famille_id AND i.enfant_id = OLD.enfant_id
                 AND (i.au IS NULL OR i.au >= (now() AT TIME ZONE 'Europe/Paris')::date))
       AND NOT EXISTS (SELECT FROM famille_rattachement r
                       WHERE r.famille_id = OLD.famille_id AND r.enfant_id = OLD.enfant_id) THEN
        RAISE EXCEPTION 'rattachement_sans_avenir: this child is still enrolled on behalf of this famille'
            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'rattachement_sans_avenir';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER rattachement_sans_avenir
    AFTER DELETE OR UPDATE OF famille_id, enfant_id ON famille_rattachement DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION planning_rattachement_sans_avenir()
"""


class Migration(migrations.Migration):
    dependencies = [("planning", "0011_inactive_depuis")]

    operations = [
        migrations.RunSQL(SANS_CLE, CLE),
        migrations.RunSQL(
            INSCRIRE,
            "DROP TRIGGER inscription_d_un_rattachement ON planning_inscription;"
            "DROP FUNCTION planning_inscription_d_un_rattachement",
        ),
        migrations.RunSQL(
            QUITTER,
            "DROP TRIGGER rattachement_sans_avenir ON famille_rattachement;"
            "DROP FUNCTION planning_rattachement_sans_avenir",
        ),
    ]
