"""Who pays for an inscription: the titulaire of its famille, where they live, their QF of a day. As subqueries."""

from datetime import date

from django.db.models import CharField, OuterRef, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Concat

from famille.models import QuotientFamilial, Responsable


def le_payeur(jour: date) -> dict[str, Combinable]:
    """What to annotate an inscription with. `qf`: in force on that day, NULL if nobody knows it."""
    titulaires = Responsable.objects.filter(famille=OuterRef("famille"), role=Responsable.Role.TITULAIRE).order_by()
    quotients = QuotientFamilial.objects.filter(famille=OuterRef("famille"), date_effet__lte=jour)
    nom = Subquery(titulaires.values(dit=Concat("nom", Value(" "), "prenom")), output_field=CharField())
    return {
        "payeur": Coalesce(nom, Value("")),
        "ville": Coalesce(Subquery(titulaires.values("ville")), Value("")),
        "qf": Subquery(quotients.order_by("-date_effet").values("valeur")[:1]),
    }
