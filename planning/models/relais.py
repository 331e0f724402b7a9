"""One inscription takes over from another: a new pattern, or a real inscription after those made at the roll."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

SANS_CHEVAUCHEMENT = "inscription_sans_chevauchement"


@contextmanager
def relais() -> Iterator[None]:
    """Meanwhile, both may stand on the same days; not afterwards."""
    with connection.cursor() as curseur:
        curseur.execute(f"SET CONSTRAINTS {SANS_CHEVAUCHEMENT} DEFERRED")
        yield
        curseur.execute(f"SET CONSTRAINTS {SANS_CHEVAUCHEMENT} IMMEDIATE")
