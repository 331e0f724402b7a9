"""Names as one looks for them: by the beginning of a word, whatever the accents, capitals, hyphens and order.

Full-text search of plain PostgreSQL, without extension, on an index: as quick for twenty thousand names as for twenty.
"""

from typing import Self, TypeVar

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchVector, SearchVectorExact
from django.db import models
from django.db.models.functions import Concat, Lower

from socle.recherche import DE, A

_VECTEUR = SearchVector(
    Lower(
        models.Func(
            Concat("nom", models.Value(" "), "prenom"),
            models.Value(DE),
            models.Value(A),
            function="translate",
            output_field=models.TextField(),
        )
    ),
    config="simple",
)


def index_des_noms(nom: str) -> GinIndex:
    """The index that `nommes` goes through."""
    return GinIndex(_VECTEUR, name=nom)


Personne = TypeVar("Personne", bound=models.Model)


class NommesQuerySet(models.QuerySet[Personne]):
    """People, with a `nom` and a `prenom`."""

    def nommes(self, mot: str) -> Self:
        """Those of whom a name begins with this word, one of `socle.recherche.mots_cherches`."""
        return self.filter(SearchVectorExact(_VECTEUR, SearchQuery(f"'{mot}':*", config="simple", search_type="raw")))
