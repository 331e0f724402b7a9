"""Who may, and who must not, fetch the child: the persons of both records, each once, however its name is written."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Self

from famille.fusion.ecarts import FONDUE, GARDE, Ecart
from famille.models import Enfant, Tiers
from francais import coller, telephone

Nom = tuple[str, str]


@dataclass(frozen=True)
class Personne:
    """What a record says of somebody. Forbidden once is forbidden."""

    statut: str
    lien: str
    telephone: str

    @classmethod
    def lire(cls, tiers: Iterable[Tiers]) -> Self:
        tous = list(tiers)
        interdit = any(un.statut == Tiers.Statut.INTERDIT for un in tous)
        return cls(
            statut=Tiers.Statut.INTERDIT if interdit else Tiers.Statut.AUTORISE,
            lien=next((un.lien for un in tous if un.lien), ""),
            telephone=next((str(un.telephone) for un in tous if un.telephone), ""),
        )

    def __str__(self) -> str:
        dits = [Tiers.Statut(self.statut).label, self.lien, telephone(self.telephone) if self.telephone else ""]
        return ", ".join(filter(None, dits))

    def completee(self, autre: "Personne") -> "Personne":
        return replace(self, lien=self.lien or autre.lien, telephone=self.telephone or autre.telephone)

    def contredit(self, autre: "Personne") -> bool:
        """What one does not say is no contradiction."""
        ici, la = self.completee(autre), autre.completee(self)
        return (ici.statut, coller(ici.lien), ici.telephone) != (la.statut, coller(la.lien), la.telephone)


class LesPersonnes:
    """Whom either record forbids to fetch the child is forbidden, unless somebody chooses otherwise."""

    def __init__(self, garde: Enfant, fondue: Enfant) -> None:
        self.garde, self.fondue = garde, fondue
        self.siennes, self.autres = _par_nom(garde), _par_nom(fondue)

    def ecarts(self) -> Iterator[Ecart]:
        for nom in self.autres:
            ecart = self._ecart(nom)
            if ecart:
                yield ecart

    def fondre(self, choix: Mapping[str, str]) -> None:
        for nom, autres in self.autres.items():
            ici, la = self._lues(nom)
            ecart = self._ecart(nom)
            suit_l_autre = ici is None or (ecart is not None and ecart.choisie(choix) == FONDUE)
            personne = la if ici is None else la.completee(ici) if suit_l_autre else ici.completee(la)
            gardees = self.siennes.get(nom, autres)
            Tiers.objects.filter(pk__in=[tiers.pk for tiers in gardees]).update(
                enfant=self.garde, statut=personne.statut, lien=personne.lien, telephone=personne.telephone
            )
        Tiers.objects.filter(enfant=self.fondue).delete()

    def _ecart(self, nom: Nom) -> Ecart | None:
        ici, la = self._lues(nom)
        if ici is None or not ici.contredit(la):
            return None
        tiers = self.autres[nom][0]
        plus_prudent = la.statut == Tiers.Statut.INTERDIT != ici.statut
        return Ecart(
            f"tiers-{tiers.pk}", str(tiers), {GARDE: str(ici), FONDUE: str(la)}, FONDUE if plus_prudent else GARDE
        )

    def _lues(self, nom: Nom) -> tuple[Personne | None, Personne]:
        siennes = self.siennes.get(nom)
        return Personne.lire(siennes) if siennes else None, Personne.lire(self.autres[nom])


def _par_nom(enfant: Enfant) -> dict[Nom, list[Tiers]]:
    groupes: dict[Nom, list[Tiers]] = defaultdict(list)
    for tiers in enfant.tiers.order_by("pk"):
        groupes[coller(tiers.nom), coller(tiers.prenom)].append(tiers)
    return dict(groupes)
