"""Why a request cannot be sent, or decided: one class per reason, one French sentence each, fit to be shown."""

from collections.abc import Iterator
from contextlib import contextmanager

from planning.erreurs import RefusPlanning


class RefusDemande(Exception):
    """A verb of the requests refused. `str(refus)` is the sentence; nothing has changed."""


class RienDeChange(RefusDemande):
    """The form says what the record says already."""

    def __init__(self) -> None:
        super().__init__("Vous n’avez rien modifié\u00a0: aucune demande n’a été envoyée.")


class DejaDemandee(RefusDemande):
    """The same request is pending already, at that address: a second click, most often."""

    def __init__(self, numero: int, adresse: str) -> None:
        self.adresse = adresse
        super().__init__(f"Vous avez déjà demandé cela\u00a0: votre demande n°\u00a0{numero} est en attente.")


class DejaDecidee(RefusDemande):
    """Somebody was faster, or its day has come. `constat`: « a déjà été acceptée le … par … »."""

    def __init__(self, numero: int, constat: str) -> None:
        super().__init__(f"La demande n°\u00a0{numero} {constat}.")


class NeTientPlus(RefusDemande):
    """What was asked is no longer possible: the record, the calendar or the places have changed."""


class FicheChangee(RefusDemande):
    """The record changed since the agent looked at it."""

    def __init__(self) -> None:
        super().__init__(
            "La fiche a changé depuis que vous l’avez sous les yeux\u00a0: "
            "vérifiez la valeur actuelle, puis décidez de nouveau."
        )


class PartInconnue(RefusDemande):
    """What is decided is not a part of this request, or cannot be decided of it."""

    def __init__(self) -> None:
        super().__init__("Ce qui est décidé n’est pas dans cette demande\u00a0: regardez-la de nouveau, puis décidez.")


class MotifManquant(RefusDemande):
    """A refusal says why."""

    def __init__(self) -> None:
        super().__init__("Indiquez le motif du refus\u00a0: la famille le lira.")


@contextmanager
def refus_du_planning_traduits() -> Iterator[None]:
    """What the planning refuses, a request cannot do: the same sentence, as NeTientPlus."""
    try:
        yield
    except RefusPlanning as refus:
        raise NeTientPlus(str(refus)) from refus
