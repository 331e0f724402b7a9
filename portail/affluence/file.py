"""The line, shared by the processes of a machine: a page of memory in a file of `ETAT`. No server, no query.

Another machine has its own line. Who comes from there keeps their place and comes in with those of the same age.
"""

import fcntl
import logging
import mmap
import os
import secrets
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple
from pathlib import Path

from portail.affluence.place import Place
from portail.affluence.rythme import Rythme

journal = logging.getLogger(__name__)

FORME = struct.Struct("=Q7d")
FERMEE = struct.Struct("=d")  # the first of the seven, alone: what each request reads
APRES_LA_LIGNE = 8
DIRE = 60  # seconds between two lines of the log, while it lasts


class FileDAttente:
    """`seuil`: seconds that a request may wait for a thread. Reading is free of locks, writing is not."""

    def __init__(self, chemin: Path, seuil: float) -> None:
        """Raises OSError if it cannot be written."""
        self.seuil = seuil
        chemin.parent.mkdir(parents=True, exist_ok=True)
        self._fichier = os.open(chemin, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        self._verrou = threading.Lock()  # flock holds the process, not its threads
        self._dit = 0.0
        with self._seul():
            if os.fstat(self._fichier).st_size != FORME.size:
                os.ftruncate(self._fichier, 0)
                os.write(self._fichier, FORME.pack(secrets.randbits(64), *astuple(Rythme())))
        self._memoire = mmap.mmap(self._fichier, FORME.size)

    def est_fermee(self, maintenant: float) -> bool:
        fermee_jusqu_a = FERMEE.unpack_from(self._memoire, APRES_LA_LIGNE)[0]
        return fermee_jusqu_a > maintenant and not Rythme(fermee_jusqu_a=fermee_jusqu_a).est_ouverte(maintenant)

    def observer(self, attente: float, maintenant: float) -> None:
        with self._ecrire() as (_, rythme):
            rythme.observer(attente, self.seuil, maintenant)
            self._dire(rythme, maintenant)

    def accueillir(self, place: Place | None, maintenant: float) -> tuple[Place, int, float]:
        """The place of who comes, new if they have none; how many are before them, and in how many seconds.

        Nobody before them: they come in.
        """
        with self._ecrire() as (ligne, rythme):
            if place is None:
                place = Place(ligne, rythme.donner(), int(maintenant * 1000))
            if place.ligne == ligne:
                devant = rythme.devant(place.numero)
            else:
                devant = 0 if place.donnee_le <= rythme.parmi_eux else rythme.devant_la_porte + 1
            if not devant:
                rythme.parmi_eux = max(rythme.parmi_eux, place.donnee_le)
            return place, devant, devant / rythme.rythme

    @contextmanager
    def _ecrire(self) -> Iterator[tuple[int, Rythme]]:
        with self._seul():
            ligne, *valeurs = FORME.unpack_from(self._memoire)
            rythme = Rythme(*valeurs)
            yield ligne, rythme
            FORME.pack_into(self._memoire, 0, ligne, *astuple(rythme))

    @contextmanager
    def _seul(self) -> Iterator[None]:
        with self._verrou:
            fcntl.flock(self._fichier, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.flock(self._fichier, fcntl.LOCK_UN)

    def _dire(self, rythme: Rythme, maintenant: float) -> None:
        """For who keeps the portal alive: once a minute in each process, as long as somebody waits."""
        if rythme.devant_la_porte and maintenant - self._dit > DIRE:
            self._dit = maintenant
            journal.warning(
                "Waiting room: %d before the door, %.1f called a second, requests wait %.0f ms.",
                rythme.devant_la_porte,
                rythme.rythme,
                rythme.attente * 1000,
            )
