"""`francais.noms` in PostgreSQL, under the same names. Written here once: an index is made of it.

`lower` of the locale « C » knows ASCII alone, in every database; `normalize` is PostgreSQL's own, without extension.
"""

from django.db import migrations

LETTRES = "øØłŁđĐðÐħĦıȷĸŧŦŋŊƀɃɓƁƈƇɖƉɗƊƒƑɠƓɨƗƙƘƚȽɲƝƥƤƭƬʈƮʋƲƴƳƶƵǥǤȥȤɛƐɔƆəƏǝƎȼȻʉɄɇɆɉɈɍɌɏɎ"
BARREES = "oOlLdDdDhHijktTnNbBbBcCdDdDfFgGiIkKlLnNpPtTtTvVyYzZgGzZeEoOeEeEcCuUeEjJrRyY"
LIGATURES = {"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss", "ẞ": "SS", "þ": "th", "Þ": "TH"}
MARQUES = r"[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
SEPARATEURS = (
    r"[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u00d7\u00f7\u02b0-\u02ff\u2000-\u206f\u2212\u3000-\u303f]+"
)
JOINTURES = r"[\u0027\u0060\u00b4\u00b7\u02b9\u02bc\u2018\u2019\u2032\u2010-\u2015\u2212-]"

separees = f"translate(normalize(texte, NFKD), '{LETTRES}', '{BARREES}')"
for ligature, lettres in LIGATURES.items():
    separees = f"replace({separees}, '{ligature}', '{lettres}')"
nues = f"regexp_replace({separees}, '{MARQUES}', '', 'g')"

FONCTION = "CREATE FUNCTION {nom}(texte text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN {corps}"


def fonction(nom: str, corps: str) -> migrations.RunSQL:
    return migrations.RunSQL(FONCTION.format(nom=nom, corps=corps), f"DROP FUNCTION {nom}(text)")


class Migration(migrations.Migration):
    dependencies = [("socle", "0002_droits_deja_accordes")]

    operations = [
        fonction("replier", rf"""btrim(regexp_replace(lower({nues} COLLATE "C"), '{SEPARATEURS}', ' ', 'g'), ' ')"""),
        fonction("coller", "replace(replier(texte), ' ', '')"),
        fonction(
            "formes",
            f"replier(texte) || ' ' || replier(regexp_replace(texte, '{JOINTURES}', '', 'g')) || ' ' || coller(texte)",
        ),
    ]
