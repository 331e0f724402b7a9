"""How many animateurs a structure needs in a day, when children come at several hours and at several rates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time

from planning.regles.encadrement.taux import Nombre, Taux
from planning.regles.horaires import Horaires


@dataclass(frozen=True, slots=True)
class Groupe:
    """Children who come at the same hours, and the rate that holds for them."""

    horaires: Horaires
    nombre: Nombre
    taux: Taux


def au_plus_fort(groupes: Iterable[Groupe]) -> int:
    """Animateurs of a structure when the most are needed: who looks after the morning looks after the afternoon.

    Where two rates meet, the stricter holds for all.
    """
    venus = [groupe for groupe in groupes if groupe.nombre.total]
    return max((_ensemble(venus, debut) for debut in {groupe.horaires.debut for groupe in venus}), default=0)


def _ensemble(groupes: list[Groupe], heure: time) -> int:
    la = [groupe for groupe in groupes if groupe.horaires.debut <= heure < groupe.horaires.fin]
    strict = Taux(min(un.taux.petits for un in la), min(un.taux.grands for un in la))
    return strict.animateurs(sum((un.nombre for un in la), Nombre()))
