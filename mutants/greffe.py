"""Changed code put in the place of the code that runs, without importing anything anew.

A function keeps its identity, whatever decorates it: only its code is replaced. What stands at the module's own level
is run once, when it is imported: there, the source is changed before (`importer_mue`).
"""

import ast
import gc
import importlib.machinery
from collections.abc import Callable, Iterable, Iterator
from importlib.abc import SourceLoader
from inspect import CO_NEWLOCALS, unwrap
from pathlib import Path
from types import CodeType, FunctionType

# File and first line: what a code object says of where it comes from.
Lieu = tuple[str, int]


def fonctions_vivantes(chemins: Iterable[Path]) -> dict[Lieu, list[FunctionType]]:
    """Every function of those files that exists in this process, wrapped or not."""
    voulus = {str(chemin) for chemin in chemins}
    vivantes: dict[Lieu, list[FunctionType]] = {}
    for objet in gc.get_objects():
        # By its type itself: to ask a lazy object what it is would wake it.
        if type(objet) is FunctionType and objet.__code__.co_filename in voulus:
            lieu = objet.__code__.co_filename, objet.__code__.co_firstlineno
            vivantes.setdefault(lieu, []).append(objet)
    return vivantes


def greffer(arbre: ast.Module, chemin: Path, vivantes: dict[Lieu, list[FunctionType]], seule: int = 0) -> None:
    """Give the functions of that file the code that this tree makes; `seule`: only to the one that begins there."""
    for code in _codes(compile(arbre, str(chemin), "exec")):
        if seule in (0, code.co_firstlineno):
            for dedans in (code, *_codes(code)):
                for fonction in vivantes.get((str(chemin), dedans.co_firstlineno), []):
                    if fonction.__code__.co_name == dedans.co_name:
                        fonction.__code__ = dedans


def oter_la_transaction(chemin: Path, debut: int) -> None:
    """The function that begins there is called as if `@transaction.atomic` did not decorate it."""
    # What is frozen is not said to exist.
    gc.unfreeze()
    for objet in gc.get_objects():
        if type(objet) is FunctionType and objet.__code__.co_freevars == SANS_TRANSACTION.co_freevars:
            # Another decorator may stand in between.
            code = getattr(unwrap(objet), "__code__", None)
            if code and (code.co_filename, code.co_firstlineno) == (str(chemin), debut):
                objet.__code__ = SANS_TRANSACTION


def _decorer(func: Callable, self: object) -> FunctionType:
    """As `contextlib.ContextDecorator` does it, in the same words, without entering the context."""

    def inner(*args: object, **kwds: object) -> object:
        _ = self
        return func(*args, **kwds)

    return inner  # type: ignore[return-value]


SANS_TRANSACTION = _decorer(print, None).__code__


def importer_mue(arbre: ast.Module, chemin: Path) -> None:
    """From now on, importing that file runs this tree."""
    ordinaire = importlib.machinery.SourceFileLoader.get_code

    def get_code(chargeur: SourceLoader, nom: str) -> CodeType | None:
        if Path(chargeur.get_filename(nom)) == chemin:
            return compile(arbre, str(chemin), "exec")
        return ordinaire(chargeur, nom)

    importlib.machinery.SourceFileLoader.get_code = get_code  # type: ignore[assignment, method-assign]


class Temoins(ast.NodeTransformer):
    """A witness before each statement of each function: `__vu__(line)` says that a test ran it."""

    def visit_FunctionDef(self, fonction: ast.FunctionDef) -> ast.FunctionDef:
        self.generic_visit(fonction)
        return fonction

    def generic_visit(self, noeud: ast.AST) -> ast.AST:
        super().generic_visit(noeud)
        if isinstance(noeud, ast.Module | ast.ClassDef):
            return noeud
        for champ in ("body", "orelse", "finalbody"):
            instructions = getattr(noeud, champ, None)
            if isinstance(instructions, list):
                setattr(noeud, champ, [morceau for une in instructions for morceau in _temoin_et(une)])
        return noeud


def _temoin_et(instruction: ast.stmt) -> list[ast.stmt]:
    appel = ast.Call(ast.Name("__vu__", ast.Load()), [ast.Constant(instruction.lineno)], [])
    temoin = ast.copy_location(ast.Expr(appel), instruction)
    return [ast.fix_missing_locations(temoin), instruction]


def _codes(code: CodeType) -> Iterator[CodeType]:
    """Of the functions that it makes, methods included, and of those that these make: a decorator's are alive."""
    for constante in code.co_consts:
        if isinstance(constante, CodeType):
            if constante.co_flags & CO_NEWLOCALS:
                yield constante
            yield from _codes(constante)
