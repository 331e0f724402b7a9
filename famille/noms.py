"""Names as one looks for them: by the beginning of a word, whatever the accents, capitals, hyphens and order.

Full-text search of plain PostgreSQL, without extension, on an index: as quick for twenty thousand names as for twenty.
"""

from typing import Self, TypeVar

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchVector, SearchVectorExact
from django.db import models
from django.db.models.functions import Concat

from francais.noms import coller
from socle.recherche import Ordre, au_dictionnaire, formes_de, lettres

_BLANC = models.Value(" ", output_field=models.TextField())
_VECTEUR = SearchVector(Concat(formes_de("nom"), _BLANC, formes_de("prenom")), config="simple")


def index_des_noms(nom: str) -> GinIndex:
    """The index that `nommes` goes through."""
    return GinIndex(_VECTEUR, name=nom)


def index_de_l_ordre(nom: str) -> models.Index:
    """The index of lists in the order of the names."""
    return models.Index(lettres("nom"), lettres("prenom"), name=nom)


def par_nom(chemin: str = "") -> Ordre:
    """For `ordering`: by name then first name, as a French dictionary. `chemin` leads to the person: « enfant__ »."""
    return au_dictionnaire(f"{chemin}nom", f"{chemin}prenom")


Personne = TypeVar("Personne", bound=models.Model)


class NommesQuerySet(models.QuerySet[Personne]):
    """People, with a `nom` and a `prenom`."""

    def homonymes(self, nom: str, prenom: str) -> Self:
        """Those of that name and first name, whatever the accents, capitals and hyphens."""
        return self.alias(lettres_nom=lettres("nom"), lettres_prenom=lettres("prenom")).filter(
            lettres_nom=coller(nom), lettres_prenom=coller(prenom)
        )

    def nommes(self, *mots: str) -> Self:
        """Those of whom a name begins with one of these words, each of `socle.recherche.mots_cherches`."""
        cherches = " | ".join(f"'{mot}':*" for mot in mots)
        return self.filter(SearchVectorExact(_VECTEUR, SearchQuery(cherches, config="simple", search_type="raw")))

    def noms_et_prenoms(self) -> "models.QuerySet[Personne, str]":
        """Each name that somebody has, once; then each first name: both apart, PostgreSQL gathers without sorting."""
        differents = self.order_by().distinct()
        return differents.values_list("nom", flat=True).union(differents.values_list("prenom", flat=True), all=True)
