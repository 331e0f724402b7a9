"""What may be changed in a module: one operator, one bound, one lock, one check at a time. Pure, from its syntax tree.

A sentence is never changed, nor what migrations say already (fields, constraints), nor what only makes a query faster.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from mutants.echanges import CALCULS, COMPARAISONS, CRITERES, JUMEAUX, MAILLONS

type_de_fonction = (ast.FunctionDef, ast.AsyncFunctionDef)

# What stands for `@transaction.atomic` where a verb is tried without it; `greffe` takes it away.
SANS_TRANSACTION = "sans_transaction"


@dataclass(frozen=True)
class Mutant:
    """One change. `fonction`: where, « Demande.accepter »; "" at the module's own level. `rang`: among its likes."""

    fichier: str
    fonction: str
    avant: str
    apres: str
    rang: int
    # Of the innermost statement: who runs it may notice.
    ligne: int
    # Of the outermost function, decorators included, as its code object says it; 0 at the module's own level.
    debut: int

    @property
    def changement(self) -> str:
        """« `a < b` → `a <= b` », on one line."""
        return f"`{self.avant}` → `{self.apres}`" + (f" ({self.rang})" if self.rang > 1 else "")

    @property
    def cle(self) -> str:
        """What names it as long as the function reads the same, wherever it moves in its file."""
        return f"{self.fichier}::{self.fonction}::{self.changement}"


@dataclass
class Endroit:
    """A change that can be made in the tree, then undone."""

    mutant: Mutant
    parent: ast.AST
    champ: str
    place: int | None
    ancien: ast.AST
    nouveau: ast.AST

    def poser(self) -> None:
        self._mettre(self.nouveau)

    def retirer(self) -> None:
        self._mettre(self.ancien)

    def _mettre(self, noeud: ast.AST) -> None:
        if self.place is None:
            setattr(self.parent, self.champ, noeud)
        else:
            getattr(self.parent, self.champ)[self.place] = noeud


@dataclass(frozen=True)
class Contexte:
    """Where the walk is."""

    noms: tuple[str, ...] = ()
    debut: int = 0
    ligne: int = 0
    dans_une_classe: bool = False

    @property
    def fonction(self) -> str:
        return ".".join(self.noms)


class Module:
    """A module of the project, its tree, and all that may be changed in it."""

    def __init__(self, racine: Path, fichier: str) -> None:
        self.fichier = fichier
        self.chemin = racine / fichier
        self.source = self.chemin.read_text()
        self.arbre = ast.parse(self.source)
        # Before anything is changed.
        _ = self.endroits, self.fonctions
        for _, fonction in fonctions(self.arbre):
            _tenir_sa_classe(fonction)

    @cached_property
    def endroits(self) -> dict[str, Endroit]:
        """By key, in the order of the lines."""
        vus: dict[tuple[str, str, str], int] = {}
        endroits = {}
        for contexte, parent, champ, place, ancien, nouveau in _parcourir(self.arbre, Contexte()):
            ast.copy_location(nouveau, ancien)
            ast.fix_missing_locations(nouveau)
            avant, apres = _dire(ancien), _dire(nouveau)
            rang = vus[contexte.fonction, avant, apres] = vus.get((contexte.fonction, avant, apres), 0) + 1
            mutant = Mutant(self.fichier, contexte.fonction, avant, apres, rang, contexte.ligne, contexte.debut)
            endroits[mutant.cle] = Endroit(mutant, parent, champ, place, ancien, nouveau)
        return endroits

    @cached_property
    def fonctions(self) -> dict[str, str]:
        """The text of each outermost function, by name: what its mutants are mutants of."""
        return {".".join(noms): ast.unparse(noeud) for noms, noeud in fonctions(self.arbre)}

    def muer(self, cle: str) -> ast.Module:
        """The tree with that change; ask again for another one."""
        for endroit in self.endroits.values():
            endroit.retirer()
        self.endroits[cle].poser()
        return self.arbre


def fonctions(arbre: ast.AST, noms: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], ast.FunctionDef]]:
    """The outermost functions, methods included, with their names."""
    for noeud in ast.iter_child_nodes(arbre):
        if isinstance(noeud, ast.FunctionDef):
            yield (*noms, noeud.name), noeud
        elif isinstance(noeud, ast.ClassDef):
            yield from fonctions(noeud, (*noms, noeud.name))


def _tenir_sa_classe(fonction: ast.FunctionDef) -> None:
    """A method whose mutant no longer says `super()` must hold its class all the same, or Python refuses its code."""
    if any(isinstance(noeud, ast.Name) and noeud.id == "super" for noeud in ast.walk(fonction)):
        garde = ast.parse("if False:\n    __class__").body[0]
        for noeud in ast.walk(garde):
            ast.copy_location(noeud, fonction.body[-1])
        fonction.body.append(garde)


def premiere_ligne(fonction: ast.FunctionDef) -> int:
    """As its code object says it: that of its first decorator."""
    return min([fonction.lineno, *(decorateur.lineno for decorateur in fonction.decorator_list)])


Changement = tuple[Contexte, ast.AST, str, int | None, ast.AST, ast.AST]


def _parcourir(noeud: ast.AST, ou: Contexte) -> Iterator[Changement]:
    for champ, valeur in ast.iter_fields(noeud):
        enfants = list(enumerate(valeur)) if isinstance(valeur, list) else [(None, valeur)]
        for place, enfant in enfants:
            if isinstance(noeud, ast.FunctionDef) and _nom(enfant) == "atomic" and noeud.name == ou.noms[-1]:
                ici = replace(ou, ligne=noeud.body[0].lineno)
                yield ici, noeud, champ, place, enfant, ast.Name(SANS_TRANSACTION, ast.Load())
            if not isinstance(enfant, ast.AST) or _se_saute(noeud, champ, enfant, ou):
                continue
            ici = _entrer(enfant, ou)
            if isinstance(noeud, ast.FunctionDef) and champ == "args" and noeud.name == ou.noms[-1]:
                # Default values are no part of the function's code.
                ici = replace(ici, debut=0)
            for nouveau in () if _est_deballe(noeud, champ) else _alterations(enfant, ici):
                yield ici, noeud, champ, place, enfant, nouveau
            yield from _parcourir(enfant, ici)


def _entrer(noeud: ast.AST, ou: Contexte) -> Contexte:
    ligne = noeud.lineno if isinstance(noeud, ast.stmt) else ou.ligne
    if isinstance(noeud, ast.ClassDef) and not ou.debut:
        return Contexte((*ou.noms, noeud.name), 0, ligne, True)
    if isinstance(noeud, ast.FunctionDef) and not ou.debut:
        return Contexte((*ou.noms, noeud.name), premiere_ligne(noeud), ligne)
    return Contexte(ou.noms, ou.debut, ligne, ou.dans_une_classe)


def _se_saute(parent: ast.AST, champ: str, noeud: ast.AST, ou: Contexte) -> bool:
    if champ in {"annotation", "returns", "decorator_list", "bases", "keywords"} and not isinstance(parent, ast.Call):
        return True
    if isinstance(noeud, ast.Import | ast.ImportFrom | ast.Assert) or _est_une_docstring(parent, champ, noeud):
        return True
    if ou.debut:
        return False
    # At the module's or a class's own level: values that are rules, not what Django declares.
    if isinstance(noeud, ast.ClassDef):
        return noeud.name == "Meta" or any(_nom(base).endswith(("Choices", "Enum", "Flag")) for base in noeud.bases)
    if isinstance(noeud, ast.Assign) and any(_nom(cible) == "__all__" for cible in noeud.targets):
        return True
    if isinstance(noeud, ast.Assign) and isinstance(noeud.value, ast.Subscript):
        # A type: « dict[int, Decimal] ».
        return True
    return ou.dans_une_classe and isinstance(noeud, ast.Assign | ast.AnnAssign) and isinstance(noeud.value, ast.Call)


def _est_deballe(parent: ast.AST, champ: str) -> bool:
    """« a, b = 1, 2 »: without one of them, nothing is imported."""
    return isinstance(parent, ast.Assign) and champ == "value" and isinstance(parent.targets[0], ast.Tuple)


def _est_une_docstring(parent: ast.AST, champ: str, noeud: ast.AST) -> bool:
    return champ == "body" and isinstance(noeud, ast.Expr) and isinstance(noeud.value, ast.Constant)


def _nom(noeud: ast.AST) -> str:
    return noeud.attr if isinstance(noeud, ast.Attribute) else getattr(noeud, "id", "")


def _alterations(noeud: ast.AST, ou: Contexte) -> Iterator[ast.AST]:
    match noeud:
        case ast.Compare(left=gauche, ops=[*operateurs], comparators=termes):
            for rang, operateur in enumerate(operateurs):
                autre = COMPARAISONS[type(operateur)]()
                yield ast.Compare(gauche, [*operateurs[:rang], autre, *operateurs[rang + 1 :]], termes)
        case ast.BoolOp(op=op, values=valeurs):
            for rang in range(len(valeurs)):
                reste = valeurs[:rang] + valeurs[rang + 1 :]
                yield reste[0] if len(reste) == 1 else ast.BoolOp(op, reste)
        case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=valeur):
            yield valeur
        case ast.BinOp(left=gauche, op=op, right=droite) if type(op) in CALCULS and not _est_un_texte(noeud):
            yield ast.BinOp(gauche, CALCULS[type(op)](), droite)
        case ast.Constant(value=bool() as valeur):
            yield ast.Constant(not valeur)
        case ast.Constant(value=int() as valeur):
            yield ast.Constant(valeur + 1)
        case ast.Call():
            yield from _sans_un_morceau(noeud)
        case ast.comprehension(ifs=conditions):
            for rang in range(len(conditions)):
                yield ast.comprehension(noeud.target, noeud.iter, conditions[:rang] + conditions[rang + 1 :], 0)
        case ast.Set(elts=elements) | ast.Tuple(elts=elements, ctx=ast.Load()) if len(elements) > 1 and not ou.debut:
            # Of a list of words, one is enough.
            mots = all(isinstance(element, ast.Constant) for element in elements)
            for rang in range(len(elements) - 1 if mots else 0, len(elements)):
                reste = elements[:rang] + elements[rang + 1 :]
                yield ast.Set(reste) if isinstance(noeud, ast.Set) else ast.Tuple(reste, ast.Load())
        case ast.IfExp(test=test) if _est_nu(test):
            yield ast.IfExp(ast.UnaryOp(ast.Not(), test), noeud.body, noeud.orelse)
        case ast.stmt():
            yield from _sans_l_instruction(noeud)


def _sans_un_morceau(appel: ast.Call) -> Iterator[ast.AST]:
    nom = _nom(appel.func)
    if isinstance(appel.func, ast.Name) and nom in JUMEAUX:
        yield ast.Call(ast.Name(JUMEAUX[nom], ast.Load()), appel.args, [] if nom == "sorted" else appel.keywords)
    if isinstance(appel.func, ast.Attribute) and nom in MAILLONS:
        yield appel.func.value
    if nom == "verrouiller" and len(appel.args) == 2:
        lignes, cle = appel.args
        yield ast.Call(ast.Attribute(lignes, "get", ast.Load()), [], [ast.keyword("pk", cle)])
    if nom == "Decimal" and isinstance(appel.args[0], ast.Constant) and isinstance(appel.args[0].value, str):
        yield ast.Call(appel.func, [ast.Constant(str(Decimal(appel.args[0].value) + 1))], [])
    if nom in CRITERES and len(appel.args) + len(appel.keywords) > 1:
        for rang in range(len(appel.args)):
            yield ast.Call(appel.func, appel.args[:rang] + appel.args[rang + 1 :], appel.keywords)
        for rang in range(len(appel.keywords)):
            yield ast.Call(appel.func, appel.args, appel.keywords[:rang] + appel.keywords[rang + 1 :])


def _sans_l_instruction(noeud: ast.stmt) -> Iterator[ast.AST]:
    match noeud:
        case ast.If(test=test) if _est_nu(test):
            yield ast.If(ast.UnaryOp(ast.Not(), test), noeud.body, noeud.orelse)
        case ast.Expr(value=ast.Yield() | ast.YieldFrom()):
            return
        case ast.Expr() | ast.Raise() | ast.Break() | ast.Continue() | ast.AugAssign():
            yield ast.Pass()
        case ast.Assign(targets=[ast.Attribute() | ast.Subscript()]):
            yield ast.Pass()
        case ast.With(items=[*gestions], body=corps):
            for rang, gestion in enumerate(gestions):
                if isinstance(gestion.context_expr, ast.Call) and _nom(gestion.context_expr.func) == "atomic":
                    reste = gestions[:rang] + gestions[rang + 1 :]
                    yield ast.With(reste, corps) if reste else ast.If(ast.Constant(True), corps, [])
        # A key that is made of several things: each of them counts.
        case ast.Return(value=ast.Tuple(elts=elements)) if len(elements) > 1:
            for rang in range(len(elements)):
                yield ast.Return(ast.Tuple(elements[:rang] + elements[rang + 1 :], ast.Load()))


def _est_nu(test: ast.expr) -> bool:
    """A condition in which nothing else is changed."""
    return isinstance(test, ast.Name | ast.Attribute | ast.Call | ast.NamedExpr | ast.Subscript)


def _est_un_texte(noeud: ast.BinOp) -> bool:
    cotes = (noeud.left, noeud.right)
    return any(isinstance(cote, ast.JoinedStr) or isinstance(getattr(cote, "value", None), str) for cote in cotes)


def _dire(noeud: ast.AST) -> str:
    """On one line, short enough to be read."""
    if isinstance(noeud, ast.If):
        return f"if {ast.unparse(noeud.test)}"
    if isinstance(noeud, ast.With):
        return f"with {', '.join(ast.unparse(gestion) for gestion in noeud.items)}"
    if isinstance(noeud, ast.comprehension):
        return f"for … in …{''.join(f' if {ast.unparse(condition)}' for condition in noeud.ifs)}"
    return " ".join(ast.unparse(noeud).split())
