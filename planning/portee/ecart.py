"""What a change makes of the days that are expected: those that fall, that come, that are no longer the same. Pure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

import francais
from planning.journees.journee import Cle, Journee
from planning.portee.chiffrage import Montant
from planning.regles.horaires import Horaires


@dataclass(frozen=True, slots=True)
class JourAttendu:
    """A day on which a child is expected, or came. `montant` None: nobody knows its price."""

    journee: Journee
    horaires: Horaires
    montant: Montant | None = None

    @property
    def cle(self) -> Cle:
        return self.journee.cle


Lecture = Mapping[Cle, JourAttendu]


@dataclass(frozen=True)
class Ecart:
    """Between the days as they were, and as they are once the change is made."""

    avant: Lecture
    apres: Lecture

    @property
    def tombes(self) -> list[JourAttendu]:
        return self._choisir(self.avant, lambda cle: cle not in self.apres)

    @property
    def venus(self) -> list[JourAttendu]:
        return self._choisir(self.apres, lambda cle: cle not in self.avant)

    @property
    def changes(self) -> list[JourAttendu]:
        """Other hours, or another price."""
        return self._choisir(self.avant, lambda cle: self._differe(cle) and not self._perd_son_prix(cle))

    @property
    def sans_prix(self) -> list[JourAttendu]:
        """They had a price and have none: nobody will bill them."""
        return self._choisir(self.avant, self._perd_son_prix)

    def dire(self) -> list[str]:
        """« 3 jours réservés tombent, du 13/05/2015 au 15/05/2015 : 2 familles, 3 enfants. », then the euros."""
        groupes = (
            (self.tombes, "jour réservé ou demandé tombe", "jours réservés ou demandés tombent"),
            (self.venus, "jour s’ajoute", "jours s’ajoutent"),
            (self.changes, f"jour change {self._de_quoi}", f"jours changent {self._de_quoi}"),
            (self.sans_prix, "jour n’a plus de prix", "jours n’ont plus de prix"),
        )
        phrases = [_compter(jours, un, plusieurs) for jours, un, plusieurs in groupes if jours]
        return [*phrases, *self.dire_l_argent(), *self._dire_le_manque()] if phrases else []

    def dire_l_argent(self) -> list[str]:
        """Nothing if a price is not known, or if they are worth as much."""
        touches = len(self.tombes) + len(self.venus) + len(self.changes)
        avant = _somme([*self.tombes, *self.changes])
        apres = _somme([*self.venus, *(self.apres[jour.cle] for jour in self.changes)])
        if avant is None or apres is None or avant == apres:
            return []
        sens = "de moins" if apres < avant else "de plus"
        valent, vaudront = ("Ce jour vaut", "il vaudra") if touches == 1 else ("Ces jours valent", "ils vaudront")
        phrase = f"{valent} {francais.euros(avant)}, {vaudront} {francais.euros(apres)}"
        factures = sum(1 for jour in self.tombes if jour.montant and jour.montant.est_facture)
        rendus = francais.pluriel(
            factures,
            "jour est déjà facturé\u00a0: la prochaine campagne le rend",
            "jours sont déjà facturés\u00a0: la prochaine campagne les rend",
        )
        return [
            f"{phrase}\u00a0: {francais.euros(abs(apres - avant))} {sens} pour {self._qui}.",
            *([f"{rendus}."] if factures else []),
        ]

    def _dire_le_manque(self) -> list[str]:
        """« Un jour sans prix n’est pas facturé : 7,20 € de moins. » A tariff that ends, and no other after it."""
        perdus = _somme(self.sans_prix)
        if not perdus:
            return []
        return [f"Un jour sans prix n’est pas facturé\u00a0: {francais.euros(perdus)} de moins."]

    @property
    def _qui(self) -> str:
        familles = {jour.journee.famille for jour in (*self.tombes, *self.venus, *self.changes)}
        return "la famille" if len(familles) == 1 else "les familles"

    @property
    def _de_quoi(self) -> str:
        """« d’horaires et de prix »."""
        couples = [(self.avant[jour.cle], self.apres[jour.cle]) for jour in self.changes]
        mots = (
            ("d’horaires", any(ici.horaires != la.horaires for ici, la in couples)),
            ("de régie", any(_regie(ici) not in (None, _regie(la)) for ici, la in couples)),
            ("de prix", any(_euros(ici) != _euros(la) for ici, la in couples)),
        )
        return " et ".join(mot for mot, vrai in mots if vrai)

    def _differe(self, cle: Cle) -> bool:
        ici, la = self.avant[cle], self.apres.get(cle)
        return la is not None and (ici.horaires != la.horaires or ici.montant != la.montant)

    def _perd_son_prix(self, cle: Cle) -> bool:
        la = self.apres.get(cle)
        return la is not None and self.avant[cle].montant is not None and la.montant is None

    def _choisir(self, lecture: Lecture, voulu: Callable[[Cle], bool]) -> list[JourAttendu]:
        return sorted((jour for cle, jour in lecture.items() if voulu(cle)), key=lambda jour: jour.journee.jour)


def _compter(jours: list[JourAttendu], un: str, plusieurs: str) -> str:
    """Of days in order."""
    quand = francais.periode(jours[0].journee.jour, jours[-1].journee.jour)
    familles = francais.pluriel(len({jour.journee.famille for jour in jours}), "famille")
    enfants = francais.pluriel(len({jour.journee.enfant for jour in jours}), "enfant")
    return f"{francais.pluriel(len(jours), un, plusieurs)}, {quand}\u00a0: {familles}, {enfants}."


def _euros(jour: JourAttendu) -> Decimal | None:
    return jour.montant.euros if jour.montant else None


def _regie(jour: JourAttendu) -> int | None:
    return jour.montant.regie if jour.montant else None


def _somme(jours: Iterable[JourAttendu]) -> Decimal | None:
    """None if a price is not known."""
    montants = [jour.montant for jour in jours]
    return None if None in montants else sum((montant.euros for montant in montants if montant), Decimal(0))


def par_famille(jours: Iterable[JourAttendu]) -> dict[int, list[JourAttendu]]:
    familles: dict[int, list[JourAttendu]] = {}
    for jour in jours:
        familles.setdefault(jour.journee.famille, []).append(jour)
    return familles
