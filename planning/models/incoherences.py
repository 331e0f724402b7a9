"""« Erreur » as SQL, for the agents' list. The same rule as `statuts.afficher`; a test compares the two."""

from django.db.models import Case, Exists, F, Func, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.expressions import Combinable, CombinedExpression
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact

from planning.regles.etats import ABSENCES_DECIDEES

from .calendrier import Fermeture, JourFerie, Vacances

ARRIVEE = Coalesce(F("arrivee"), F("prestation__heure_debut"))
DEPART = Coalesce(F("depart"), F("prestation__heure_fin"))


class BitDuJour(Func):
    """The bit of that day's weekday in a `Jours`."""

    template = "(1 << (EXTRACT(ISODOW FROM %(expressions)s)::int - 1))"
    output_field = IntegerField()


def presence_incoherente(presentes: QuerySet) -> Q:
    """Which presences cannot be. `presentes`: all of them, to look for those at the same time elsewhere."""
    return (
        Q(etat__in=ABSENCES_DECIDEES)
        | Q(inscription__a_regulariser=True)
        | Q(Exists(JourFerie.objects.filter(jour=OuterRef("jour"), travaille=False)))
        | Q(_fermee())
        | Q(Exact(CombinedExpression(_jours_ouverts(), Combinable.BITAND, BitDuJour("jour")), 0))
        | Q(_ailleurs(presentes))
    )


def _fermee() -> Exists:
    ce_jour = Fermeture.objects.filter(du__lte=OuterRef("jour"), au__gte=OuterRef("jour"))
    return Exists(ce_jour.filter(Q(structure=None) | Q(structure=OuterRef("prestation__structure"))))


def _jours_ouverts() -> Case:
    ce_jour = Vacances.objects.filter(du__lte=OuterRef("jour"), au__gte=OuterRef("jour"))
    genre = Coalesce(Subquery(ce_jour.order_by("-du", "-pk").values("genre")[:1]), Value(""))
    return Case(
        When(Exact(genre, Vacances.Genre.PETITES), then=F("prestation__jours_petites_vacances")),
        When(Exact(genre, Vacances.Genre.GRANDES), then=F("prestation__jours_grandes_vacances")),
        default=F("prestation__jours_scolaires"),
        output_field=IntegerField(),
    )


def _ailleurs(presentes: QuerySet) -> Exists:
    autres = presentes.filter(inscription__enfant=OuterRef("inscription__enfant"), jour=OuterRef("jour"))
    return Exists(
        autres.exclude(pk=OuterRef("pk"))
        .alias(de=ARRIVEE, a=DEPART)
        .filter(
            de__lt=Coalesce(OuterRef("depart"), OuterRef("prestation__heure_fin")),
            a__gt=Coalesce(OuterRef("arrivee"), OuterRef("prestation__heure_debut")),
        )
    )
