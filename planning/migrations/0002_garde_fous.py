"""What PostgreSQL guards beyond Django's constraints: the payer is a famille of the child, a réservation stays
within its inscription and knows its prestation, an inscription keeps its child, its prestation and its payer."""

from django.db import migrations

RATTACHEMENT = """
ALTER TABLE planning_inscription ADD CONSTRAINT inscription_d_un_rattachement
    FOREIGN KEY (famille_id, enfant_id) REFERENCES famille_rattachement (famille_id, enfant_id)
    DEFERRABLE INITIALLY DEFERRED
"""

# The one definition of the weekly pattern in SQL; in Python, planning.calendrier.Rythme.
REGULIER = """
CREATE FUNCTION planning_est_regulier(jours smallint, parite smallint, jour date) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT (jours >> (EXTRACT(ISODOW FROM jour)::int - 1)) & 1 = 1
       AND (parite IS NULL OR parite = EXTRACT(WEEK FROM jour)::int % 2)
$$
"""

# FOR SHARE: the inscription does not shrink while a day is being added to it.
RESERVATION = """
CREATE FUNCTION planning_reservation_dans_l_inscription() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    i planning_inscription%ROWTYPE;
BEGIN
    SELECT * INTO i FROM planning_inscription WHERE id = NEW.inscription_id FOR SHARE;
    IF NEW.jour < i.du OR NEW.jour > i.au THEN
        RAISE EXCEPTION 'reservation outside its inscription' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'reservation_dans_l_inscription';
    END IF;
    NEW.prestation_id := i.prestation_id;
    RETURN NEW;
END $$;
CREATE TRIGGER reservation_dans_l_inscription
    BEFORE INSERT OR UPDATE OF inscription_id, jour, prestation_id ON planning_reservation
    FOR EACH ROW EXECUTE FUNCTION planning_reservation_dans_l_inscription()
"""

INSCRIPTION = """
CREATE FUNCTION planning_inscription_tient() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.enfant_id, NEW.prestation_id, NEW.famille_id) <> (OLD.enfant_id, OLD.prestation_id, OLD.famille_id)
       AND EXISTS (SELECT FROM planning_reservation r WHERE r.inscription_id = NEW.id) THEN
        RAISE EXCEPTION 'an inscription with bookings keeps its child, prestation and famille'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'inscription_tient';
    END IF;
    IF EXISTS (SELECT FROM planning_reservation r
               WHERE r.inscription_id = NEW.id AND (r.jour < NEW.du OR r.jour > NEW.au)) THEN
        RAISE EXCEPTION 'bookings would be left outside their inscription'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'inscription_tient';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER inscription_tient BEFORE UPDATE ON planning_inscription
    FOR EACH ROW EXECUTE FUNCTION planning_inscription_tient()
"""


class Migration(migrations.Migration):
    dependencies = [("planning", "0001_initial")]

    operations = [
        migrations.RunSQL(RATTACHEMENT, "ALTER TABLE planning_inscription DROP CONSTRAINT inscription_d_un_rattachement"),
        migrations.RunSQL(REGULIER, "DROP FUNCTION planning_est_regulier"),
        migrations.RunSQL(
            RESERVATION,
            "DROP TRIGGER reservation_dans_l_inscription ON planning_reservation;"
            "DROP FUNCTION planning_reservation_dans_l_inscription",
        ),
        migrations.RunSQL(
            INSCRIPTION,
            "DROP TRIGGER inscription_tient ON planning_inscription; DROP FUNCTION planning_inscription_tient",
        ),
    ]
