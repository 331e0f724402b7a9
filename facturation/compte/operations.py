"""The operations of a famille, in one statement of SQL: what parents read most must cost least.

By hand, because Django takes longer to write three querysets and their joins than PostgreSQL to answer them.
"""

from collections import namedtuple
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import connection

from facturation.models import Avoir, Facture, Regie, Reglement
from facturation.models.tipi.paiement_en_ligne import DELAI, OUVERTS
from famille.models import Famille

# What a kind has not is NULL. `lien`: the number of an avoir's invoice; the payment that a payment cancels.
FACTURES = """
SELECT 'facture' AS genre, f.id, f.numero, f.date, f.creee_le, f.montant, r.code, r.nom, r.numcli,
       f.du, f.au, f.echeance,
       coalesce(d.reste, 0) AS reste,
       EXISTS (SELECT FROM facturation_documentfacture WHERE facture_id = f.id) AS a_un_pdf,
       EXISTS (SELECT FROM facturation_paiementenligne
               WHERE facture_id = f.id AND etat = ANY(%(ouverts)s) AND cree_le > %(recents)s) AS en_cours,
       NULL AS motif, NULL::bigint AS lien, NULL AS mode,
       f.montant > 0 AND f.montant = (SELECT sum(montant) FROM facturation_avoir WHERE facture_id = f.id) AS est_annule
FROM facturation_facture f JOIN facturation_regie r ON r.id = f.regie_id
LEFT JOIN facturation_restedu d ON d.facture_id = f.id
WHERE f.famille_id = %(famille)s
"""
IMPAYEES = f"{FACTURES} AND d.reste > 0 ORDER BY f.date, f.creee_le, f.id"
OPERATIONS = f"""
{FACTURES} AND f.date BETWEEN %(du)s AND %(au)s
UNION ALL
SELECT 'avoir', a.id, a.numero, a.date, a.creee_le, a.montant, r.code, r.nom, r.numcli,
       NULL, NULL, NULL, NULL, NULL, NULL, a.motif, f.numero, NULL, NULL
FROM facturation_avoir a
JOIN facturation_regie r ON r.id = a.regie_id JOIN facturation_facture f ON f.id = a.facture_id
WHERE a.famille_id = %(famille)s AND a.date BETWEEN %(du)s AND %(au)s
UNION ALL
SELECT 'reglement', g.id, g.numero, g.date, g.creee_le, g.montant, r.code, r.nom, r.numcli,
       NULL, NULL, NULL, NULL, NULL, NULL, g.motif, g.annule_id, g.mode,
       EXISTS (SELECT FROM facturation_reglement WHERE annule_id = g.id)
FROM facturation_reglement g JOIN facturation_regie r ON r.id = g.regie_id
WHERE g.famille_id = %(famille)s AND g.date BETWEEN %(du)s AND %(au)s
ORDER BY date DESC, creee_le DESC, genre, id DESC
"""
Rangee = namedtuple(
    "Rangee",
    "genre id numero date creee_le montant code nom numcli du au echeance reste a_un_pdf en_cours "
    "motif lien mode est_annule",
)


@dataclass(frozen=True)
class Operations:
    """Newest first. Rows hold what a statement shows, no more: they are not to be saved.

    Invoices know their `reste` (€), `a_un_pdf`, `est_en_cours_de_paiement`, `est_annulee`; payments `est_annule`.
    """

    factures: list[Facture] = field(default_factory=list)
    avoirs: list[Avoir] = field(default_factory=list)
    reglements: list[Reglement] = field(default_factory=list)


def lire_operations(famille: Famille, du: date, au: date, *, maintenant: datetime) -> Operations:
    """Those dated from `du` to `au`. One query."""
    operations = Operations()
    for rangee in _lire(OPERATIONS, famille, maintenant, du=du, au=au):
        if rangee.genre == "facture":
            operations.factures.append(_facture(rangee))
        elif rangee.genre == "avoir":
            operations.avoirs.append(_avoir(rangee))
        else:
            operations.reglements.append(_reglement(rangee))
    return operations


def lire_impayees(famille: Famille, *, maintenant: datetime) -> list[Facture]:
    """Invoices of which something is left to pay, oldest first, as in `Operations`. One query."""
    return [_facture(rangee) for rangee in _lire(IMPAYEES, famille, maintenant)]


def _lire(requete: str, famille: Famille, maintenant: datetime, **bornes: date) -> list[Rangee]:
    parametres: dict[str, int | datetime | date | list[str]]
    parametres = {"famille": famille.pk, "ouverts": [*OUVERTS], "recents": maintenant - DELAI, **bornes}
    with connection.cursor() as curseur:
        curseur.execute(requete, parametres)
        return [Rangee._make(ligne) for ligne in curseur]


def _facture(rangee: Rangee) -> Facture:
    facture = Facture(**_communs(rangee), du=rangee.du, au=rangee.au, echeance=rangee.echeance)
    facture.reste, facture.a_un_pdf = rangee.reste, rangee.a_un_pdf
    facture.est_en_cours_de_paiement = rangee.en_cours
    facture.est_annulee = bool(rangee.est_annule)
    return facture


def _avoir(rangee: Rangee) -> Avoir:
    communs = _communs(rangee)
    return Avoir(**communs, motif=rangee.motif, facture=Facture(numero=rangee.lien, regie=communs["regie"]))


def _reglement(rangee: Rangee) -> Reglement:
    reglement = Reglement(**_communs(rangee), mode=rangee.mode, motif=rangee.motif, annule_id=rangee.lien)
    reglement.est_annule = rangee.est_annule
    return reglement


def _communs(rangee: Rangee) -> dict:
    """What every kind has."""
    regie = Regie(code=rangee.code, nom=rangee.nom, numcli=rangee.numcli)
    communs = {"pk": rangee.id, "numero": rangee.numero, "date": rangee.date, "creee_le": rangee.creee_le}
    return communs | {"montant": rangee.montant, "regie": regie}
