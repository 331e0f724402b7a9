"""A disk that is full half-way through a file: what is written of it stays, as a real one leaves it."""

import errno
from collections.abc import Iterator

import pytest
from django.core.files.base import File


@pytest.fixture
def disque_plein(monkeypatch):
    """Call it with how many files may still be written whole."""

    def remplir(entiers: int = 0) -> None:
        reste = [entiers]
        chunks = File.chunks

        def morceaux(fichier: File, chunk_size: int | None = None) -> Iterator[bytes]:
            if reste[0] > 0:
                reste[0] -= 1
                yield from chunks(fichier, chunk_size)
                return
            fichier.seek(0)
            yield fichier.read(10)
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(File, "chunks", morceaux)

    return remplir
