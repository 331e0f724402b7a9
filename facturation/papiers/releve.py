"""The statement on paper (PDF) and for a spreadsheet (CSV): the lines of the page, nothing else."""

import csv
import io
from datetime import date

from django.template.loader import render_to_string
from weasyprint import HTML

from facturation.compte.releve import ReleveDeCompte
from facturation.papiers.facture import entete, feuille, polices
from francais import date_courte, nombre

COLONNES = ["N° Opération", "Date", "Description", "Régie", "Débit", "Crédit"]
BOM = "\ufeff"  # without it, French spreadsheets read UTF-8 as Latin-1


def en_csv(releve: ReleveDeCompte) -> str:
    """Semicolons and decimal commas: what a French spreadsheet opens by itself."""
    sortie = io.StringIO()
    feuille_csv = csv.writer(sortie, delimiter=";")
    feuille_csv.writerow(COLONNES)
    for ligne in releve.operations:
        textes = [ligne.reference, date_courte(ligne.date), ligne.description, ligne.regie]
        feuille_csv.writerow([*map(_sans_formule, textes), _montant(ligne.debit), _montant(ligne.credit)])
    feuille_csv.writerow(["", "", "Ancien solde", "", _montant(releve.ancien_solde), ""])
    feuille_csv.writerow(["", "", "Solde du compte pour l’année scolaire", "", _montant(releve.solde), ""])
    feuille_csv.writerow(["", "", "Totaux", "", _montant(releve.total_debit), _montant(releve.total_credit)])
    return BOM + sortie.getvalue()


def en_pdf(releve: ReleveDeCompte, *, le: date) -> bytes:
    """Tagged for screen readers (PDF/UA)."""
    contexte = {"releve": releve, "date": le, "famille": releve.famille, **entete()}
    html = HTML(string=render_to_string("pdf/releve.html", contexte))
    return html.write_pdf(stylesheets=[feuille()], font_config=polices(), pdf_variant="pdf/ua-1")


def _montant(montant: object) -> str:
    return "" if montant is None else nombre(montant, 2).replace("\u202f", "")


def _sans_formule(texte: str) -> str:
    """A motif that starts like a formula is a text, for a spreadsheet too."""
    return f"'{texte}" if texte[:1] in tuple("=+-@\t\r") else texte
