"""« Erreur » as SQL, for the agents' lists: the presences that cannot be. The same rule as `affichage.afficher`; a test
compares the two."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from planning.regles.etats import ABSENCES_DECIDEES

from .prestation import aux_memes_heures

ARRIVEE = Coalesce(F("arrivee"), F("prestation__heure_debut"))
DEPART = Coalesce(F("depart"), F("prestation__heure_fin"))


class Accueille(Func):
    """Children come to that prestation on that day: `planning_faits` (migration 0011)."""

    template = "(SELECT f.accueille FROM planning_faits(%(expressions)s) AS f)"
    output_field = BooleanField()


ACCUEILLE = Accueille(
    "jour",
    "prestation__structure",
    "prestation__jours_scolaires",
    "prestation__jours_petites_vacances",
    "prestation__jours_grandes_vacances",
    "prestation__inactive_depuis",
)


def presence_impossible(presentes: QuerySet, ouverts: Mapping[int, Iterable[date]] | None = None) -> Q:
    """Which presences cannot be. `presentes`: all of them, to look for those at the same time elsewhere. `ouverts`: the
    days on which each prestation receives children, if they are known: PostgreSQL need not find it for each row."""
    return (
        Q(etat__in=ABSENCES_DECIDEES)
        | Q(inscription__a_regulariser=True)
        | ~Q(ACCUEILLE if ouverts is None else _un_jour_ouvert(ouverts))
        | Q(_ailleurs_en_meme_temps(presentes))
    )


def _un_jour_ouvert(ouverts: Mapping[int, Iterable[date]]) -> Func:
    """One condition, however many prestations there are."""
    paires = [(prestation, jour) for prestation, jours in ouverts.items() for jour in jours]
    prestations = Func(Value([prestation for prestation, _ in paires]), template="%(expressions)s::bigint[]")
    jours = Func(Value([jour for _, jour in paires]), template="%(expressions)s::date[]")
    return Func(
        Func(F("prestation"), F("jour"), template="(%(expressions)s)"),
        Func(prestations, jours, template="(SELECT * FROM unnest(%(expressions)s))"),
        arg_joiner=" IN ",
        template="(%(expressions)s)",
        output_field=BooleanField(),
    )


def _ailleurs_en_meme_temps(presentes: QuerySet) -> Exists:
    autres = presentes.filter(inscription__enfant=OuterRef("inscription__enfant"), jour=OuterRef("jour"))
    debut = Coalesce(OuterRef("arrivee"), OuterRef("prestation__heure_debut"))
    fin = Coalesce(OuterRef("depart"), OuterRef("prestation__heure_fin"))
    en_meme_temps = aux_memes_heures(debut, fin, de="de", a="a")
    return Exists(autres.exclude(pk=OuterRef("pk")).alias(de=ARRIVEE, a=DEPART).filter(en_meme_temps))
