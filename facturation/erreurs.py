"""What the money refuses. Each error carries one French sentence, fit to be shown."""


class RefusFacturation(Exception):
    """A refusal, in one sentence."""


class MontantRefuse(RefusFacturation):
    """The amount cannot be: nothing, too much, or not in centimes."""


class AutreRegie(RefusFacturation):
    """A payment received by a régie pays the invoices of that régie alone."""


class DejaAnnule(RefusFacturation):
    """The payment has already been cancelled, or is itself a cancellation."""


class EmissionImpossible(RefusFacturation):
    """The campaign cannot be issued now."""


class PaiementImpossible(RefusFacturation):
    """The invoice cannot be paid online as it is."""


class PaiementEnCours(RefusFacturation):
    """Another online payment of the same invoice is under way."""


class PaiementDejaFait(RefusFacturation):
    """The online payment has already given its Règlement."""


class PasEncoreDessinee(RefusFacturation):
    """The invoice is issued, and its PDF is not drawn yet."""

    def __init__(self, reference: str) -> None:
        super().__init__(f"Le PDF de la facture {reference} se prépare\u00a0: revenez dans quelques minutes.")
