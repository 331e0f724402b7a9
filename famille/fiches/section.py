"""A section of a record: a title, labelled values, where to ask for a change."""

from dataclasses import dataclass, field

from phonenumbers import PhoneNumber

import francais

Champs = list[dict[str, str]]


@dataclass
class Section:
    """One table of a record. `code` is its anchor and the kind of request that changes it."""

    code: str
    titre: str
    champs: Champs = field(default_factory=list)
    colonnes: list[str] = field(default_factory=list)
    lignes: list[list[str]] = field(default_factory=list)
    vide: str = ""
    alerte: str = ""
    # Where it is changed, if it is not by the request of its code.
    adresse: str = ""

    @property
    def remplis(self) -> Champs:
        return [champ for champ in self.champs if champ["valeur"]]

    @property
    def vides(self) -> Champs:
        """What nobody has told the centre yet: folded, under what is known."""
        return [champ for champ in self.champs if not champ["valeur"]]

    @property
    def rangees(self) -> list[list[tuple[str, str]]]:
        """The rows as (column, value) pairs: on a phone, each value says its label."""
        return [list(zip(self.colonnes, ligne, strict=True)) for ligne in self.lignes]


def _champs(*paires: tuple[str, str]) -> Champs:
    return [{"libelle": libelle, "valeur": valeur} for libelle, valeur in paires]


def _telephone(numero: PhoneNumber | str) -> str:
    # The truth of a PhoneNumber is that of its text, which it would write for that only.
    return francais.telephone(numero) if isinstance(numero, PhoneNumber) or numero else ""
