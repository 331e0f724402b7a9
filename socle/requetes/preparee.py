"""A statement compiled once: Django's ORM writes its SQL, every page gives it other values.

Writing the SQL of a page costs the ORM more than PostgreSQL takes to answer. Where a page is read a hundred times a
second, its querysets are written once per process, with an `inconnue` in the place of each value.
"""

from collections.abc import Callable
from typing import Any, Generic, TypeVar, cast

from django.db import connections
from django.db.models import QuerySet, prefetch_related_objects
from django.db.models.expressions import Expression
from django.db.models.sql.compiler import SQLCompiler

T = TypeVar("T")


def inconnue(nom: str) -> Any:  # noqa: ANN401 (stands for a value of any type)
    """In a filter, the place of a value that only the page knows: `filter(famille=inconnue("famille"))`."""
    return _Inconnue(nom)


class _Inconnue(Expression):
    """A parameter that has a name until it has a value."""

    def __init__(self, nom: str) -> None:
        super().__init__()
        self.nom = nom

    def as_sql(self, compiler: SQLCompiler, connection: object) -> tuple[str, Any]:
        return "%s", [self]


class Preparee(Generic[T]):
    """A queryset whose SQL is written at its first reading.

    `ecrire` makes the queryset, with an `inconnue` for each value: dates, keys, whatever psycopg2 adapts. Its rows are
    what the queryset would give: instances (with `select_related` and annotations), tuples, values.
    """

    def __init__(self, ecrire: Callable[[], QuerySet[Any, T]]) -> None:
        self._ecrire = ecrire
        self._ecrite: _Ecrite | None = None

    def lire(self, **valeurs: object) -> list[T]:
        """The rows. Raises KeyError where a value is missing."""
        if self._ecrite is None:
            # Two threads may both write it: the same thing.
            self._ecrite = _Ecrite(self._ecrire())
        return cast(list[T], self._ecrite.lire(valeurs))

    def premier(self, **valeurs: object) -> T | None:
        """The first row: for what is one or none."""
        return next(iter(self.lire(**valeurs)), None)


class _Ecrite:
    """The queryset, its compiler and its SQL: nothing in it changes from a reading to the next."""

    def __init__(self, requete: QuerySet) -> None:
        self.requete: Any = requete  # what Django's own iterables ask of it has no public name
        self.compilateur = requete.query.get_compiler(requete.db)
        self.sql, self.parametres = self.compilateur.as_sql()
        colonnes = [expression for expression, *_ in self.compilateur.select[: self.compilateur.col_count]]
        self.convertisseurs = self.compilateur.get_converters(colonnes)

    def lire(self, valeurs: dict[str, object]) -> list:
        parametres = [valeurs[p.nom] if isinstance(p, _Inconnue) else p for p in self.parametres]
        lignes = list(self.requete._iterable_class(_Lecture(self, parametres)))
        if suites := self.requete._prefetch_related_lookups:
            prefetch_related_objects(lignes, *suites)
        return lignes


class _Lecture:
    """What Django's iterables ask of a queryset, and of its query."""

    def __init__(self, ecrite: _Ecrite, parametres: list[object]) -> None:
        self.ecrite, self.parametres = ecrite, parametres
        self.query, self.db = self, ecrite.requete.db

    def __getattr__(self, nom: str) -> object:
        return getattr(self.ecrite.requete, nom)

    def get_compiler(self, using: str) -> SQLCompiler:
        return _CompilateurPret(self.ecrite, self.parametres)


class _CompilateurPret(SQLCompiler):
    """A compiler that has already written its SQL, on the connection of this thread."""

    def __init__(self, ecrite: _Ecrite, parametres: list[object]) -> None:
        self.__dict__.update(ecrite.compilateur.__dict__)
        self.connection = connections[ecrite.requete.db]
        self._ecrite, self._parametres = ecrite, parametres

    def as_sql(self, with_limits: bool = True, with_col_aliases: bool = False) -> tuple[str, Any]:
        return self._ecrite.sql, self._parametres

    def get_converters(self, expressions: object) -> dict:
        return self._ecrite.convertisseurs

    def has_composite_fields(self, expressions: object) -> bool:
        return False
