"""What the page shows of the list: a tab, a kind, a child, the last month or all; and the address that says so."""

from dataclasses import dataclass

from django.http import QueryDict

from demandes.genre.onglet import Onglet
from demandes.genre.type_demande import Genre
from demandes.models import Demande
from famille.models import Enfant


@dataclass(frozen=True)
class Choix:
    """None: every kind of the tab, every child."""

    onglet: Onglet
    genre: Genre | None = None
    enfant: Enfant | None = None
    toutes: bool = False

    def retient(self, demande: Demande) -> bool:
        return (
            demande.genre.onglet == self.onglet
            and (self.genre is None or demande.genre is self.genre)
            and (self.enfant is None or demande.enfant_id == self.enfant.pk)
        )

    def adresse(self, **autres: str) -> str:
        """This page with other filters. A change of tab forgets the kind and the child."""
        gardes = {
            "onglet": self.onglet,
            "type": self.genre.code if self.genre else "",
            "enfant": str(self.enfant.pk) if self.enfant else "",
            "toutes": "1" if self.toutes else "",
        }
        if "onglet" in autres:
            gardes |= {"type": "", "enfant": ""}
        parametres = QueryDict(mutable=True)
        parametres.update({nom: str(valeur) for nom, valeur in (gardes | autres).items() if valeur})
        return f"?{parametres.urlencode()}"
