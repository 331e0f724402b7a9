"""What the record of a famille lacks, for a child and a prestation. It bars new bookings, and nothing else."""

from dataclasses import dataclass
from datetime import date

from francais import date_courte
from planning.erreurs import DossierIncomplet

# Where a parent sees to it, by the name of the address, and what the link says.
CERTIFIER = ("certification", "Vérifier et certifier mon dossier")


@dataclass(frozen=True)
class Manques:
    """`a_certifier_depuis`: the famille has not confirmed its record since that day; None: nothing to confirm."""

    a_certifier_depuis: date | None = None

    def __bool__(self) -> bool:
        return self.a_certifier_depuis is not None

    def refus(self, *, pour_agent: bool) -> DossierIncomplet | None:
        """In the words of a parent, who can see to it, or of the agent, who knows what is awaited."""
        if self.a_certifier_depuis is None:
            return None
        if pour_agent:
            depuis = date_courte(self.a_certifier_depuis)
            return DossierIncomplet(f"La famille n’a pas certifié son dossier (demandé depuis le {depuis}).")
        return DossierIncomplet(
            "Vérifiez et certifiez d’abord votre dossier\u00a0: le centre le demande chaque année avant de réserver.",
            CERTIFIER,
        )


RIEN_NE_MANQUE = Manques()
