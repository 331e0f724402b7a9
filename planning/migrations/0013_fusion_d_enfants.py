"""An inscription with bookings keeps its child, unless the child's record is merged into that one."""

from django.db import migrations

AVANT = """
CREATE OR REPLACE FUNCTION planning_inscription_tient() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.enfant_id, NEW.prestation_id, NEW.famille_id) <> (OLD.enfant_id, OLD.prestation_id, OLD.famille_id)
       {sauf}AND EXISTS (SELECT FROM planning_reservation r WHERE r.inscription_id = NEW.id) THEN
        RAISE EXCEPTION 'an inscription with bookings keeps its child, prestation and famille'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'inscription_tient';
    END IF;
    IF EXISTS (SELECT FROM planning_reservation r
               WHERE r.inscription_id = NEW.id AND (r.jour < NEW.du OR r.jour > NEW.au)) THEN
        RAISE EXCEPTION 'bookings would be left outside their inscription'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'inscription_tient';
    END IF;
    RETURN NEW;
END $$
"""
SAUF_FUSION = """AND NOT ((NEW.prestation_id, NEW.famille_id) = (OLD.prestation_id, OLD.famille_id)
                AND EXISTS (SELECT FROM famille_enfant e
                            WHERE e.id = OLD.enfant_id AND e.fondu_dans_id = NEW.enfant_id))
       """


class Migration(migrations.Migration):
    dependencies = [("planning", "0012_quitter_une_famille"), ("famille", "0013_fusions")]

    operations = [migrations.RunSQL(AVANT.format(sauf=SAUF_FUSION), AVANT.format(sauf=""))]
