"""What a file would change: rows that are new, rows that change and how, and why not. Nothing is written here.

Rows are instances, made or read; `preparation` puts them there, `ecriture` writes them.
"""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Field, Model
from phonenumber_field.phonenumber import PhoneNumber

import francais
from famille.models import Ecole, Enfant, Famille
from portail.importation.foyers import Foyer, Petit, Voeu
from portail.importation.lecture.fautes import Faute


@dataclass(frozen=True)
class Ecart:
    """« Ligne 12, Léa DUPONT, classe : CE1, devient CE2. » `fiche`: whose history tells it."""

    fiche: Famille | Enfant
    ligne: int
    qui: str
    quoi: str
    avant: str
    apres: str


@dataclass
class Compte:
    """Of one kind of rows."""

    nouveaux: int = 0
    changes: int = 0
    pareils: int = 0


@dataclass
class Plan:
    """`crees`: instances to write, by model, what others point to first. `changes`: {instance: fields}."""

    fautes: list[Faute] = field(default_factory=list)
    avertissements: list[str] = field(default_factory=list)
    ecarts: list[Ecart] = field(default_factory=list)
    crees: dict[type[Model], list[Model]] = field(default_factory=dict)
    changes: dict[Model, set[str]] = field(default_factory=dict)
    familles: dict[Foyer, Famille] = field(default_factory=dict)
    enfants: dict[Petit, Enfant] = field(default_factory=dict)
    voeux: list[Voeu] = field(default_factory=list)  # inscriptions to make
    gestes: list[Voeu] = field(default_factory=list)  # … to change
    comptes: dict[str, Compte] = field(default_factory=dict)
    nouveaux: dict[str, list[str]] = field(default_factory=dict)  # their names

    def creer(self, ligne: Model) -> None:
        self.crees.setdefault(type(ligne), []).append(ligne)

    def compte(self, quoi: str) -> Compte:
        return self.comptes.setdefault(quoi, Compte())

    def compter(self, quoi: str, *, nouveau: bool, change: bool, nom: str = "") -> None:
        compte = self.compte(quoi)
        if nouveau:
            compte.nouveaux += 1
            if nom:
                self.nouveaux.setdefault(quoi, []).append(nom)
        elif change:
            compte.changes += 1
        else:
            compte.pareils += 1

    @property
    def ne_change_rien(self) -> bool:
        return not (self.crees or self.changes or self.voeux or self.gestes)


def dire(champ: Field, valeur: object) -> str:
    """As a page shows it."""
    if champ.flatchoices:
        return str(dict(champ.flatchoices).get(valeur, valeur) or "")
    match valeur:
        case bool():
            return francais.oui_non(valeur)
        case date():
            return francais.date_courte(valeur)
        case PhoneNumber():
            return francais.telephone(valeur)
        case Ecole():
            return valeur.nom
    return "" if valeur is None else str(valeur)
