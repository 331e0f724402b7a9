"""Triggers that keep what was issued as it was issued, whoever asks: a mistake is corrected by another operation.

The functions that they run are made by migrations 0001, 0012, 0016, 0017 and 0018.
"""

import pgtrigger

from socle.roles.droits import TENUE
from socle.roles.sans_porte import SansPorte

REFUS = "facturation_refuser_modification"
SOMME_DES_LIGNES = "facturation_verifier_lignes"
SOMME_DES_AVOIRS = "facturation_verifier_avoir"
SOMME_DES_AFFECTATIONS = "facturation_verifier_affectation"
REGLES_GARDEES = "facturation_garder_regles"
RESTE_TENU = "facturation_tenir_le_reste"
RESTE_INTOUCHABLE = "facturation_refuser_le_reste"


class Immuable(SansPorte):
    """No UPDATE, no DELETE."""

    name = "immuable"
    fonction = REFUS
    level = pgtrigger.Row
    when = pgtrigger.Before
    operation = pgtrigger.Update | pgtrigger.Delete


class SansVidage(SansPorte):
    """No TRUNCATE, which no trigger on rows sees."""

    name = "sans_vidage"
    fonction = REFUS
    level = pgtrigger.Statement
    when = pgtrigger.Before
    operation = pgtrigger.Truncate


class TotalJuste(SansPorte):
    """At the end of the transaction, the amount is the sum of the lines; later, no line is added, even of nothing."""

    name = "total_juste"
    fonction = SOMME_DES_LIGNES
    level = pgtrigger.Row
    when = pgtrigger.After
    operation = pgtrigger.Insert
    timing = pgtrigger.Deferred


class AvoirPossible(SansPorte):
    """The avoirs of an invoice never take back more than its amount: of two at once, one waits for the other."""

    name = "avoir_possible"
    fonction = SOMME_DES_AVOIRS
    level = pgtrigger.Row
    when = pgtrigger.Before
    operation = pgtrigger.Insert


class AffectationJuste(SansPorte):
    """At the end of the transaction, neither a payment nor an invoice is allocated beyond its amount."""

    name = "affectation_juste"
    fonction = SOMME_DES_AFFECTATIONS
    level = pgtrigger.Row
    when = pgtrigger.After
    operation = pgtrigger.Insert
    timing = pgtrigger.Deferred


class ReglesGardees(SansPorte):
    """From its first invoice on, a campaign keeps its régie, its period and the rules that it billed by."""

    name = "regles_gardees"
    fonction = REGLES_GARDEES
    level = pgtrigger.Row
    when = pgtrigger.Before
    operation = pgtrigger.UpdateOf("regie_id", "du", "au", "regles")


class TientLeReste(SansPorte):
    """What is left of the invoices follows, in the statement that writes the operation."""

    name = "tient_le_reste"
    fonction = RESTE_TENU
    level = pgtrigger.Statement
    when = pgtrigger.After
    operation = pgtrigger.Insert
    referencing = pgtrigger.Referencing(new="ecrites")


class TenuAJour(SansPorte):
    """What is left is written by the triggers of the operations, never by hand."""

    name = TENUE
    fonction = RESTE_INTOUCHABLE
    level = pgtrigger.Statement
    when = pgtrigger.Before
    operation = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete
