"""The effective day, once in SQL: what the calendar says of it, then what is booked on it, weekly pattern included.

The same rules in Python: `Calendrier.faits` and `etat_effectif`. A test compares the two. The planner opens these
functions as it opens a view: a condition on the famille, on the prestation or on the state reaches the indexes.
"""

from django.db import migrations

# As in 0002, but that `<> 0` tells the planner that most days of a pattern count, where `= 1` told it that few do.
REGULIER = """
CREATE OR REPLACE FUNCTION planning_est_regulier(jours smallint, parite smallint, jour date) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT (jours >> (EXTRACT(ISODOW FROM jour)::int - 1)) & 1 <> 0
       AND (parite IS NULL OR parite = EXTRACT(WEEK FROM jour)::int % 2)
$$
"""

# The opening days of a prestation come as they are stored. The last period of holidays wins where two overlap.
FAITS = """
CREATE FUNCTION planning_faits(jour date, structure bigint, scolaire smallint, petites smallint, grandes smallint)
RETURNS TABLE (periode varchar, ferie boolean, ferme boolean, ouverts smallint, accueille boolean)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT c.periode, c.ferie, c.ferme, o.jours,
           (o.jours >> (EXTRACT(ISODOW FROM planning_faits.jour)::int - 1)) & 1 <> 0 AND NOT c.ferie AND NOT c.ferme
    FROM (
        SELECT coalesce((SELECT v.genre FROM planning_vacances v
                         WHERE planning_faits.jour BETWEEN v.du AND v.au ORDER BY v.du DESC LIMIT 1), 'S') AS periode,
               EXISTS (SELECT FROM planning_jourferie f WHERE f.jour = planning_faits.jour AND NOT f.travaille) AS ferie,
               EXISTS (SELECT FROM planning_fermeture f WHERE planning_faits.jour BETWEEN f.du AND f.au
                       AND (f.structure_id IS NULL OR f.structure_id = planning_faits.structure)) AS ferme
    ) AS c
    CROSS JOIN LATERAL (
        SELECT CASE c.periode WHEN 'P' THEN planning_faits.petites WHEN 'G' THEN planning_faits.grandes
                              ELSE planning_faits.scolaire END AS jours
    ) AS o
$$
"""

# `jours`: each day once. The pattern speaks (`par_rythme`) whatever the calendar says: ask for open days, or join
# `planning_faits`.
# The first LEFT JOIN always finds its inscription: written so, PostgreSQL leaves it out where places are counted.
JOURNEES = """
CREATE FUNCTION planning_journees(jours date[])
RETURNS TABLE (
    famille_id bigint, enfant_id bigint, inscription_id bigint, prestation_id bigint, jour date,
    reservation_id bigint, etat varchar, presence varchar, arrivee time, depart time,
    par_rythme boolean, a_regulariser boolean
)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    -- What somebody has said of a day.
    SELECT i.famille_id, i.enfant_id, r.inscription_id, r.prestation_id, r.jour,
           r.id, r.etat, r.presence, r.arrivee, r.depart, FALSE, i.a_regulariser
    FROM planning_reservation r LEFT JOIN planning_inscription i ON i.id = r.inscription_id
    WHERE r.jour = ANY(planning_journees.jours) AND r.etat <> 'aucun'
    UNION ALL
    -- The days of the pattern of which nobody has said anything, whether or not the roll was called.
    SELECT i.famille_id, i.enfant_id, i.id, i.prestation_id, j.jour,
           r.id, 'reguliere', coalesce(r.presence, ''), r.arrivee, r.depart, TRUE, FALSE
    FROM planning_inscription i
    JOIN unnest(planning_journees.jours) AS j(jour) ON i.du <= j.jour AND (i.au IS NULL OR i.au >= j.jour)
    LEFT JOIN planning_reservation r ON r.inscription_id = i.id AND r.jour = j.jour
    WHERE i.jours <> 0 AND NOT i.a_regulariser AND planning_est_regulier(i.jours, i.parite, j.jour)
      AND (r.id IS NULL OR r.etat = 'aucun')
    UNION ALL
    -- The roll alone: a child who came unexpected, or was looked for.
    SELECT i.famille_id, i.enfant_id, r.inscription_id, r.prestation_id, r.jour,
           r.id, 'aucun', r.presence, r.arrivee, r.depart, FALSE, i.a_regulariser
    FROM planning_reservation r JOIN planning_inscription i ON i.id = r.inscription_id
    WHERE r.jour = ANY(planning_journees.jours) AND r.etat = 'aucun'
      AND (i.a_regulariser OR NOT planning_est_regulier(i.jours, i.parite, r.jour))
$$
"""


class Migration(migrations.Migration):
    dependencies = [("planning", "0004_contraintes_par_nom")]

    operations = [
        migrations.RunSQL(REGULIER, migrations.RunSQL.noop),
        migrations.RunSQL(FAITS, "DROP FUNCTION planning_faits"),
        migrations.RunSQL(JOURNEES, "DROP FUNCTION planning_journees"),
    ]
