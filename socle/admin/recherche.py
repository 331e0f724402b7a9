"""The search box of the agents' pages: a few words, each of which must be found, accents or not."""

from django.contrib import admin
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest

from socle.recherche import mots_cherches


class RechercheParMots(admin.ModelAdmin):
    """Django's own search joins every table and compares every row: seconds, in a city."""

    search_fields = ["pk"]  # shows the box; `trouve` decides
    conseil_de_recherche = ""  # what one may type, under the box
    show_full_result_count = False

    def trouve(self, mot: str) -> Q:
        """The rows that this word finds."""
        raise NotImplementedError

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Model], search_term: str
    ) -> tuple[QuerySet[Model], bool]:
        mots = mots_cherches(search_term)
        if search_term.strip() and not mots:
            return queryset.none(), False
        for mot in mots:
            queryset = queryset.filter(self.trouve(mot))
        return queryset, False


def sans_accents(*chemins: str) -> list[str]:
    """`search_fields` for Django's own search, without accents: for short tables, since it compares every row."""
    return [f"{chemin}__sans_accents" for chemin in chemins]
