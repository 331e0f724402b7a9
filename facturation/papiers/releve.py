"""The statement on paper (PDF) and for a spreadsheet (CSV): the lines of the page, nothing else."""

import csv
import io
from datetime import date
from decimal import Decimal

from facturation.compte.releve import ReleveDeCompte
from francais import date_courte, nombre
from socle.impression import Feuille, Papier, imprimer
from socle.reglages.centre import signature

COLONNES = ["N° Opération", "Date", "Description", "Régie", "Débit", "Crédit"]
BOM = "\ufeff"  # without it, French spreadsheets read UTF-8 as Latin-1


def ecrire_csv(releve: ReleveDeCompte) -> str:
    """Semicolons and decimal commas: what a French spreadsheet opens by itself."""
    sortie = io.StringIO()
    tableau = csv.writer(sortie, delimiter=";")
    tableau.writerow(COLONNES)
    for ligne in releve.operations:
        textes = [ligne.reference, date_courte(ligne.date), ligne.description, ligne.regie]
        tableau.writerow([*map(_sans_formule, textes), _montant(ligne.debit), _montant(ligne.credit)])
    tableau.writerow(["", "", "Ancien solde", "", _montant(releve.ancien_solde), ""])
    tableau.writerow(["", "", "Solde du compte pour l’année scolaire", "", _montant(releve.solde), ""])
    tableau.writerow(["", "", "Totaux", "", _montant(releve.total_debit), _montant(releve.total_credit)])
    return BOM + sortie.getvalue()


def imprimer_releve(releve: ReleveDeCompte, *, le: date) -> bytes:
    """The PDF, dated `le`."""
    contexte = {"releve": releve, "date": le, "famille": releve.famille}
    papier = Papier(
        "pdf/releve.html",
        contexte,
        f"Relevé de compte {releve.annee}, famille {releve.famille.numero}",
        auteur=signature(),
    )
    return imprimer(papier, Feuille.OPERATIONS)


def _montant(montant: Decimal | None) -> str:
    return "" if montant is None else nombre(montant, 2).replace("\u202f", "")


def _sans_formule(texte: str) -> str:
    """A motif that starts like a formula is a text, for a spreadsheet too."""
    return f"'{texte}" if texte[:1] in tuple("=+-@\t\r") else texte
