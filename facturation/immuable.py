"""Triggers that keep what was issued as it was issued, whoever asks: a mistake is corrected by another operation.

Unlike django-pgtrigger's own, they cannot be switched off for a session (`pgtrigger.ignore`): they all run functions
that migrations 0001, 0012 and 0016 make, without that door.
"""

import pgtrigger
from django.db.models import Model

REFUS = "facturation_refuser_modification"
SOMME_DES_LIGNES = "facturation_verifier_lignes"
SOMME_DES_AVOIRS = "facturation_verifier_avoir"
SOMME_DES_AFFECTATIONS = "facturation_verifier_affectation"


class SansPorte(pgtrigger.Trigger):
    """A trigger that runs a function of a migration, named by `fonction`."""

    fonction = REFUS
    func = "RETURN NULL;"

    def render_execute(self, model: Model | type[Model]) -> str:
        return f"{self.fonction}()"


class Immuable(SansPorte):
    """No UPDATE, no DELETE."""

    name = "immuable"
    level = pgtrigger.Row
    when = pgtrigger.Before
    operation = pgtrigger.Update | pgtrigger.Delete


class SansVidage(SansPorte):
    """No TRUNCATE, which no trigger on rows sees."""

    name = "sans_vidage"
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
