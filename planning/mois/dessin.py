"""The cells of the grids, as HTML: the one way to draw a table of cells, on the parents' pages and on the agents'.

A month has two hundred cells: a template would look up and escape a thousand values one by one. What is said of a
state is escaped once per process, what is said of a row once per row; a cell is then one string.
"""

from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from datetime import date
from functools import lru_cache
from html import escape

from django.utils.safestring import SafeString, mark_safe

from planning.mois.agenda import JourDAgenda
from planning.mois.grille import Case, Colonne, LigneDeGrille
from planning.regles.etats import SANS_RESERVATION
from planning.regles.legende import FONDS

# Symbols, classes and labels of the legend, days of a year: what every famille reads.
echappe = lru_cache(maxsize=1024)(escape)
AUJOURD_HUI = ' <b class="agenda__auj">Aujourd’hui</b>'


def cases_de_parent(ligne: LigneDeGrille) -> SafeString:
    """Each leads to its day, relative to the month's address. data-i: the inscription, where it is not the row's."""

    titre = escape(ligne.titre)

    def contenu(case: Case) -> str:
        # `case.libelle`, whose three parts are escaped apart: those of a row and of a state return at each cell.
        libelle = f"{titre}, {echappe(case.quand)}\u00a0: {echappe(case.dit)}"
        return f'<a href="{case.jour.day}/#p{ligne.cle}" aria-label="{libelle}">{echappe(case.symbole)}</a>'

    return _cases(ligne.cases, contenu)


def cases_d_agent(cases: Iterable[Case]) -> SafeString:
    """The symbol, and its name for whoever points at it."""

    def contenu(case: Case) -> str:
        if not case.symbole:
            return ""
        return f'<abbr title="{echappe(case.affichage.libelle)}">{echappe(case.symbole)}</abbr>'

    return _cases(cases, contenu)


def cases_a_cocher(
    ligne: LigneDeGrille, de: str, coches: AbstractSet[str], complets: AbstractSet[tuple[int, date]] = frozenset()
) -> SafeString:
    """The symbol over a box to tick, « inscription:date »; none on a day that is not the inscription's. `de`: whose."""
    titre = escape(f"{de}, {ligne.titre}")

    def contenu(case: Case) -> str:
        rien = case.etat in SANS_RESERVATION and case.affichage.statut in FONDS
        if rien or case.clos:
            return echappe(case.symbole)
        code = f"{case.inscription or ligne.inscription}:{case.jour.isoformat()}"
        plein = case.est_vide and (ligne.cle, case.jour) in complets
        symbole, dit = ("0", "complet") if plein else (case.symbole, case.dit)
        coche = " checked" if code in coches else ""
        return (
            f'<label title="{echappe(dit)}"><span{_classes(case.classes)} aria-hidden="true">{echappe(symbole)}</span>'
            f'<input type="checkbox" name="jour" value="{code}"{coche} '
            f'aria-label="{titre}, {echappe(case.quand)}\u00a0: {echappe(dit)}"></label>'
        )

    return mark_safe("".join([f"<td{_attributs(case)}>{contenu(case)}</td>" for case in ligne.cases]))


def cols(colonnes: Iterable[Colonne]) -> SafeString:
    """What their days look like: weekends, holidays, today."""
    return mark_safe("".join([f"<col{_classes(colonne.classes)}>" for colonne in colonnes]))


def tetes(colonnes: Iterable[Colonne]) -> SafeString:
    """The head of each day: « Lu 06 »."""
    return mark_safe("".join([_tete(colonne) for colonne in colonnes]))


def jours_d_agenda(jours: Iterable[JourDAgenda]) -> SafeString:
    """A day each: its date, its background, what happens."""
    return mark_safe("".join([_jour_d_agenda(jour) for jour in jours]))


def _cases(cases: Iterable[Case], contenu: Callable[[Case], str]) -> SafeString:
    return mark_safe("".join([f"<td{_attributs(case)}>{contenu(case)}</td>" for case in cases]))


def _attributs(case: Case) -> str:
    classes = _classes(case.classes)
    return f'{classes} data-i="{case.inscription}"' if case.inscription else classes


def _classes(classes: str) -> str:
    return f' class="{echappe(classes)}"' if classes else ""


def _tete(colonne: Colonne) -> str:
    courant = ' class="auj" aria-current="date"' if colonne.est_aujourd_hui else ""
    return f'<th scope="col"{courant}><abbr title="{echappe(colonne.libelle)}">{colonne.abrege}</abbr></th>'


def _jour_d_agenda(jour: JourDAgenda) -> str:
    colonne, numero = jour.colonne, jour.colonne.jour.day
    courant, auj = (' aria-current="date"', AUJOURD_HUI) if colonne.est_aujourd_hui else ("", "")
    titre = echappe(colonne.libelle[:1].upper() + colonne.libelle[1:])
    fond = f" <span>{echappe(jour.fond)}</span>" if jour.fond else ""
    cases = "".join([_rendez_vous(ligne, case) for ligne, case in jour.cases])
    liste = f" <ul>{cases}</ul>" if cases else ""
    return f'<li id="j{numero}"{courant}><a href="{numero}/">{titre}</a>{auj}{fond}{liste}</li>'


def _rendez_vous(ligne: LigneDeGrille, case: Case) -> str:
    jeton = f'<b class="jeton {echappe(case.classes)}" aria-hidden="true">{echappe(case.symbole)}</b>'
    quoi = f"<span>{escape(ligne.titre)} <small>{echappe(case.affichage.libelle)}</small></span>"
    return f'<li><a href="{case.jour.day}/#p{ligne.cle}">{jeton}{quoi}</a></li>'
