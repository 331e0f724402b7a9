"""Every cell of the file as a value, and all that cannot be read, in one pass."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self

from famille.models import Ecole
from francais import enumerer, replier
from planning.models import Prestation
from portail.importation.lecture.colonnes import ECOLE, PAR_CODE, PRESTATION, Colonne
from portail.importation.lecture.fautes import Faute, Incompris
from portail.importation.lecture.fichier import Table
from portail.importation.lecture.valeurs import normaliser

NOMS_DITS = 12  # of what is known, in a sentence


@dataclass(frozen=True)
class Noms:
    """The rows of the town that cells name: {folded name: rows}."""

    par_nom: Mapping[str, list]
    dits: list[str]

    def trouver(self, texte: str) -> object:
        trouves = self.par_nom.get(replier(texte), [])
        if len(trouves) == 1:
            return trouves[0]
        dits = [f"«\u00a0{nom}\u00a0»" for nom in self.dits[:NOMS_DITS]]
        suite = "…" if len(self.dits) > NOMS_DITS else ""
        if trouves:
            raise Incompris(
                "Plusieurs portent ce nom\u00a0: ajoutez la structure, comme «\u00a0prestation, structure\u00a0»."
            )
        if not dits:
            raise Incompris("Le portail n’en connaît encore aucune\u00a0: créez-la d’abord.")
        raise Incompris(f"Inconnue du portail\u00a0: créez-la d’abord, ou choisissez {enumerer(dits)}{suite}.")


@dataclass(frozen=True)
class Commune:
    """What the town has: its schools, its prestations."""

    noms: Mapping[str, Noms]

    @classmethod
    def lire(cls) -> Self:
        ecoles = list(Ecole.objects.all())
        prestations = list(Prestation.objects.select_related("structure"))
        par_nom: dict[str, list] = {}
        for une in prestations:
            ecrits = {une.nom, f"{une.nom} {une.structure}", f"{une.structure} {une.nom}"}
            for ecrit in {replier(ecrit) for ecrit in ecrits}:
                par_nom.setdefault(ecrit, []).append(une)
        return cls(
            {
                ECOLE: Noms({replier(ecole.nom): [ecole] for ecole in ecoles}, [ecole.nom for ecole in ecoles]),
                PRESTATION: Noms(par_nom, [une.nom for une in prestations]),
            }
        )


@dataclass(frozen=True)
class Ligne:
    """A line of the file: {code: value} of its cells that are not empty; what each was, to be told."""

    numero: int
    valeurs: Mapping[str, object]
    ecrits: Mapping[str, str]
    titres: Mapping[str, str]

    def faute(self, code: str, attendu: str) -> Faute:
        """`code` empty: the whole line."""
        return Faute(self.numero, self.titre(code), self.ecrits.get(code, ""), attendu)

    def titre(self, code: str) -> str:
        """As the file calls it, or as we do."""
        return self.titres.get(code) or (PAR_CODE[code].titre if code else "")

    def de(self, quoi: str) -> dict[str, object]:
        """{attribute: value} of « titulaire », of « inscription2 »…"""
        debut = f"{quoi}."
        return {code.removeprefix(debut): valeur for code, valeur in self.valeurs.items() if code.startswith(debut)}


@dataclass
class Lecture:
    lignes: list[Ligne] = field(default_factory=list)
    fautes: list[Faute] = field(default_factory=list)


def lire_les_lignes(table: Table, colonnes: Mapping[str, str], commune: Commune) -> Lecture:
    """`colonnes`: {title: code}."""
    lecture = Lecture()
    codes = [(rang, titre, colonnes.get(titre, "")) for rang, titre in enumerate(table.entetes)]
    voulues = [(rang, titre, PAR_CODE[code]) for rang, titre, code in codes if code]
    titres = {colonne.code: titre for _, titre, colonne in voulues}
    for numero, cellules in table.lignes:
        ecrits, valeurs = dict[str, str](), dict[str, object]()
        for titre, colonne, texte in _ecrites(cellules, voulues):
            ecrits[colonne.code] = texte
            try:
                valeurs[colonne.code] = _valeur(colonne, texte, commune)
            except Incompris as attendu:
                lecture.fautes.append(Faute(numero, titre, texte, str(attendu)))
        if ecrits:
            lecture.lignes.append(Ligne(numero, valeurs, ecrits, titres))
    return lecture


def _ecrites(cellules: Sequence[str], voulues: list[tuple[int, str, Colonne]]) -> Iterator[tuple[str, Colonne, str]]:
    for rang, titre, colonne in voulues:
        texte = normaliser(cellules[rang]) if rang < len(cellules) else ""
        if texte:
            yield titre, colonne, texte


def _valeur(colonne: Colonne, texte: str, commune: Commune) -> object:
    return commune.noms[colonne.parmi].trouver(texte) if colonne.parmi else colonne.lire(texte)
