"""« Active » becomes a date of effect: what was inactive is so since the day of the upgrade, and what is past stays.

`planning_faits` knows that date, so that booking, patterns, rolls, places and invoices stop together.
"""

from django.db import migrations, models

AIDE = (
    "À partir de ce jour, on ne réserve plus rien, les jours réguliers cessent, et rien n’est facturé. "
    "Ce qui précède reste. Vide\u00a0: sans fin."
)

DATER = """
UPDATE planning_structure SET inactive_depuis = CURRENT_DATE WHERE NOT active;
UPDATE planning_prestation p SET inactive_depuis = CURRENT_DATE
FROM planning_structure s WHERE s.id = p.structure_id AND NOT (p.active AND s.active)
"""
NE_PLUS_DATER = """
UPDATE planning_structure SET active = (inactive_depuis IS NULL);
UPDATE planning_prestation SET active = (inactive_depuis IS NULL)
"""

ARGUMENTS = "date, bigint, smallint, smallint, smallint"

# As in 0005, but that nothing opens from `inactive` on.
FAITS = """
CREATE FUNCTION planning_faits(
    jour date, structure bigint, scolaire smallint, petites smallint, grandes smallint, inactive date)
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
        SELECT CASE WHEN planning_faits.jour >= planning_faits.inactive THEN 0::smallint
                    ELSE CASE c.periode WHEN 'P' THEN planning_faits.petites WHEN 'G' THEN planning_faits.grandes
                                        ELSE planning_faits.scolaire END END AS jours
    ) AS o
$$
"""
FAITS_D_AVANT = (
    FAITS.replace(", inactive date)", ")")
    .replace("CASE WHEN planning_faits.jour >= planning_faits.inactive THEN 0::smallint\n                    ELSE ", "")
    .replace("END END AS jours", "END AS jours")
)


class Migration(migrations.Migration):
    dependencies = [("planning", "0010_secrets_chiffres")]

    operations = [
        *(
            migrations.AddField(
                nom, "inactive_depuis", models.DateField("inactive à partir du", null=True, blank=True, help_text=AIDE)
            )
            for nom in ("structure", "prestation")
        ),
        migrations.RunSQL(DATER, NE_PLUS_DATER),
        migrations.RunSQL(f"DROP FUNCTION planning_faits({ARGUMENTS})", FAITS_D_AVANT),
        migrations.RunSQL(FAITS, f"DROP FUNCTION planning_faits({ARGUMENTS}, date)"),
        migrations.RemoveField("structure", "active"),
        migrations.RemoveField("prestation", "active"),
    ]
