"""A text that may be written anew: when it leaves, what it said first, the variables that it may name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from courriels.textes.langue import paragraphes, une_ligne
from socle.reglages.centre import la_commune, le_centre
from socle.reglages.lecture import lire
from socle.reglages.moment import Valeurs

Contexte = Mapping[str, object]


@dataclass(frozen=True)
class Variable:
    """`au_sujet`: it may be read over shoulders. `indispensable`: a text without it would mislead."""

    nom: str
    aide: str
    exemple: str
    au_sujet: bool = False
    indispensable: bool = False


COMMUNES = (
    Variable("centre", "le nom du centre", "Centre social Les Tilleuls", au_sujet=True),
    Variable("telephone", "son téléphone", "05 61 00 00 00"),
    Variable("commune", "la commune", "Saint-Jean", au_sujet=True),
)
JOUR, HEURE = Variable("jour", "le jour", "08/04/2015"), Variable("heure", "l’heure", "18\u00a0h\u00a005")
SUJET = Variable("sujet", "l’objet que le portail propose", "", au_sujet=True)


def tels(*noms: str) -> Callable[[Contexte], dict[str, object]]:
    """Those of the context that have the names of variables."""
    return lambda contexte: {nom: contexte.get(nom, "") for nom in noms}


@dataclass(frozen=True)
class Ecrit:
    """What leaves. `corps`: its paragraphs."""

    sujet: str
    corps: list[str]

    @property
    def texte(self) -> str:
        return "\n\n".join(self.corps)


@dataclass(frozen=True)
class Texte:
    """`cle`: the template that it stands for. `sujet` and `corps`: the origin. `lire`: its variables, of a context.

    `bouton`: what the button under it says; `exemple`: the subject that an example shows; `pied`: what stays under it.
    """

    cle: str
    titre: str
    quand: str
    sujet: str
    corps: str
    variables: tuple[Variable, ...]
    lire: Callable[[Contexte], Mapping[str, object]]
    bouton: str = ""
    exemple: str = ""
    pied: str = ""
    est_une_lettre: bool = False

    @property
    def reglage(self) -> str:
        """The setting's."""
        return f"texte:{self.cle}"

    @property
    def toutes(self) -> tuple[Variable, ...]:
        propres = self.variables if self.est_une_lettre else (SUJET, *self.variables)
        return (*propres, *COMMUNES)

    @property
    def indispensables(self) -> list[Variable]:
        return [variable for variable in self.variables if variable.indispensable]

    def valeurs(self, contexte: Contexte) -> dict[str, str]:
        centre = le_centre()
        communes = {"centre": centre.nom, "telephone": centre.telephone, "commune": la_commune().nom}
        propres = {nom: "" if valeur is None else str(valeur) for nom, valeur in self.lire(contexte).items()}
        return {**communes, "sujet": str(contexte.get("sujet", "")), **propres}

    def exemples(self) -> dict[str, str]:
        """As for the famille of the guide, in this centre."""
        return {
            **{variable.nom: variable.exemple for variable in self.variables},
            **{nom: valeur for nom, valeur in self.valeurs({}).items() if nom in {v.nom for v in COMMUNES}},
            "sujet": self.exemple,
        }

    def rediger(self, mots: Valeurs, valeurs: Mapping[str, str]) -> Ecrit:
        """`mots`: what the direction wrote; where it wrote nothing, the origin."""
        sujet, corps = str(mots.get("sujet") or self.sujet), str(mots.get("corps") or self.corps)
        return Ecrit(une_ligne(sujet, valeurs), paragraphes(corps, valeurs))

    def regle(self, contexte: Contexte) -> Ecrit | None:
        """In the direction's words; None if it left the origin."""
        mots = lire(self.reglage)
        return self.rediger(mots, self.valeurs(contexte)) if mots else None
