"""The finder that hands on the whole sheets, made when they are asked for: nobody has to think of a build."""

from collections.abc import Iterable, Iterator
from functools import cached_property

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder, get_finders
from django.core.checks import CheckMessage
from django.core.files.storage import FileSystemStorage

from portail.statiques.assemblage import assembler, ecrire

# The sheets that a page names: all the others are imported by these.
FEUILLES = ("css/couches.css", "css/administration.css")


class FeuillesEntieres(BaseFinder):
    """Comes before the finders of the sources, which have a file of the same name."""

    def check(self, **kwargs: object) -> list[CheckMessage]:
        return []

    def find(  # type: ignore[override]  # nothing found is [] to Django, None to the stubs
        self, path: str, find_all: bool = False, **kwargs: object
    ) -> str | list[str]:
        if path not in FEUILLES or settings.DEBUG:
            return []
        chemin = self.reserve.path(path)
        return [chemin] if find_all else chemin

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        for feuille in FEUILLES:
            yield feuille, self.reserve

    @cached_property
    def reserve(self) -> FileSystemStorage:
        """Made once per process: none of those that ask lives longer than its sources."""
        reserve = FileSystemStorage(location=settings.ETAT / "feuilles")
        sources = [finder for finder in get_finders() if finder is not self]
        for feuille, texte in assembler(FEUILLES, sources).items():
            ecrire(reserve.path(feuille), texte)
        return reserve
