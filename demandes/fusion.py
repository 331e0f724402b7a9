"""The requests about a child whose two records become one."""

from collections.abc import Iterator

from demandes.models import Demande
from famille.fusion.suites import Suite
from famille.models import Enfant
from francais import pluriel


class DemandesDUnEnfant(Suite):
    def compter(self, fondue: Enfant) -> Iterator[str]:
        nombre = Demande.objects.filter(enfant=fondue).count()
        if nombre:
            yield pluriel(nombre, "demande")

    def deplacer(self, garde: Enfant, fondue: Enfant) -> None:
        Demande.objects.filter(enfant=fondue).update(enfant=garde)
