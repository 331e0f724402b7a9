"""The search box of the agents' pages: a few words, each of which must be found, accents or not."""

from django.contrib import admin
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, Lookup, Q, QuerySet
from django.db.models.sql.compiler import SQLCompiler
from django.http import HttpRequest

from famille.models import Enfant, Famille, Rattachement, Responsable
from famille.noms import DE, A, mots_cherches
from famille.noms import sans_accents as nu


class RechercheParMots(admin.ModelAdmin):
    """Django's own search joins every table and compares every row: seconds, in a city."""

    search_fields = ["pk"]  # shows the box; `trouve` decides

    def trouve(self, mot: str) -> Q:
        """The rows that this word finds."""
        raise NotImplementedError

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        mots = mots_cherches(search_term)
        if search_term.strip() and not mots:
            return queryset.none(), False
        for mot in mots:
            queryset = queryset.filter(self.trouve(mot))
        return queryset, False


def responsable(mot: str, chemin: str = "pk") -> Q:
    return Q(**{f"{chemin}__in": Responsable.objects.nommes(mot).values("pk")})


def enfant(mot: str, chemin: str = "pk") -> Q:
    return Q(**{f"{chemin}__in": Enfant.objects.nommes(mot).values("pk")})


def famille(mot: str, chemin: str = "pk") -> Q:
    """By a responsable, a child, or a part of its number."""
    return famille_du_responsable(mot, chemin) | famille_de_l_enfant(mot, chemin) | famille_numerotee(mot, chemin)


def famille_du_responsable(mot: str, chemin: str) -> Q:
    return Q(**{f"{chemin}__in": Responsable.objects.nommes(mot).values("famille")})


def famille_de_l_enfant(mot: str, chemin: str) -> Q:
    rattachements = Rattachement.objects.filter(enfant__in=Enfant.objects.nommes(mot))
    return Q(**{f"{chemin}__in": rattachements.values("famille")})


def famille_numerotee(mot: str, chemin: str) -> Q:
    numerotees = Famille.objects.filter(numero__contains=mot) if mot.isdecimal() else Famille.objects.none()
    return Q(**{f"{chemin}__in": numerotees.values("pk")})


def sans_accents(*chemins: str) -> list[str]:
    """`search_fields` for Django's own search, without accents: for short tables, since it compares every row."""
    return [f"{chemin}__sans_accents" for chemin in chemins]


@CharField.register_lookup
class SansAccents(Lookup):
    """Contains, without accents or capitals."""

    lookup_name = "sans_accents"

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[str | int, ...]]:
        colonne, parametres = self.process_lhs(compiler, connection)
        cherche = connection.ops.prep_for_like_query(nu(str(self.rhs)))
        return f"lower(translate({colonne}, %s, %s)) LIKE %s", (*parametres, DE, A, f"%{cherche}%")
