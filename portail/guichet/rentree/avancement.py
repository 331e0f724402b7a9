"""How far each step has come, in a sentence or two: one query a step."""

from collections.abc import Callable

import francais
from famille.models import PassageDeClasse
from portail.guichet.rentree.page import CLASSES, Etape
from socle.annee_scolaire import AnneeScolaire


def avancement(etape: Etape, annee: AnneeScolaire) -> str:
    return LECTURES[etape](annee)


def _classes(annee: AnneeScolaire) -> str:
    passes = PassageDeClasse.objects.de(annee).count()
    return francais.pluriel(passes, "enfant a sa classe", "enfants ont leur classe") if passes else ""


LECTURES: dict[Etape, Callable[[AnneeScolaire], str]] = {CLASSES: _classes}
