"""How many may come in: a pace that slows down when requests wait for a thread, and quickens when they do not. Pure."""

import os
from dataclasses import dataclass
from math import exp

# Visitors a second: to begin with, at least, at most. A visit (a password, half a dozen pages) takes a tenth of a
# second of a core; those who would be let in too quickly are only seen once they all click.
COEURS = len(os.sched_getaffinity(0))
DEPART, LENT, VIF = 4.0, 0.25, 10.0 * COEURS
# How quickly the pace follows what is measured, up and down, and how many requests the measure is the mean of.
PLUS, MOINS, MESURES = 0.1, 0.25, 20
# Once nothing waits any more, the room opens again after as many seconds; later if some are in the line: they sleep
# between two tries. Beyond what a clock may have moved, it was put back.
CALME, SOMMEIL, HORLOGE = 5.0, 60.0, 60.0
# Who has just been called is not yet seen: at most that many seconds of the pace come at once.
ELAN = 1.0


@dataclass
class Rythme:
    """The line of a machine. Times in seconds since 1970; numbers from 1, first come first called.

    `donnes`: the last number given; `appeles`: up to which they may come in; `parmi_eux`: when the youngest place of
    those who came in was given, in milliseconds.
    """

    fermee_jusqu_a: float = 0.0
    vu: float = 0.0
    attente: float = 0.0
    rythme: float = DEPART
    donnes: float = 0.0
    appeles: float = 0.0
    parmi_eux: float = 0.0

    def est_ouverte(self, maintenant: float) -> bool:
        """`maintenant` may be a little before what another process has written: it was read before the lock."""
        return not 0 < self.fermee_jusqu_a - maintenant <= SOMMEIL + HORLOGE

    @property
    def devant_la_porte(self) -> int:
        """Who has a number and was not called yet."""
        return max(0, int(self.donnes - self.appeles))

    def observer(self, attente: float, seuil: float, maintenant: float) -> None:
        """A request has waited `attente` seconds for its thread; beyond `seuil`, new visitors wait outside."""
        if self.est_ouverte(maintenant):
            if attente <= seuil:
                return
            self._fermer(attente, maintenant)
        self.attente += (attente - self.attente) / MESURES
        self._appeler(seuil, min(max(maintenant - self.vu, 0.0), CALME))
        self.vu = max(self.vu, maintenant)
        if attente > seuil or self.devant_la_porte:
            self.fermee_jusqu_a = maintenant + (SOMMEIL if self.devant_la_porte else CALME)

    def donner(self) -> int:
        """The next number."""
        self.donnes += 1
        return int(self.donnes)

    def devant(self, numero: int) -> int:
        """How many are called before that number is."""
        return max(0, int(numero - self.appeles))

    def _fermer(self, attente: float, maintenant: float) -> None:
        """Whoever had a number came in while it was open. A short surge finds its way without anybody waiting."""
        self.vu, self.attente = maintenant, attente
        self.appeles = self.donnes + self.rythme * ELAN

    def _appeler(self, seuil: float, ecoule: float) -> None:
        ecart = max(-4.0, 1 - self.attente / seuil)
        self.rythme = min(VIF, max(LENT, self.rythme * exp((PLUS if ecart > 0 else MOINS) * ecart * ecoule)))
        if self.attente < 3 * seuil:
            au_plus = max(self.appeles, self.donnes + self.rythme * ELAN)
            self.appeles = min(self.appeles + self.rythme * ecoule, au_plus)
