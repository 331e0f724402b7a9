"""What the record of a famille lacks, for a child and a prestation. It bars new bookings, and nothing else."""

from dataclasses import dataclass
from datetime import date

from francais import date_courte, enumerer
from planning.erreurs import DossierIncomplet

# Where a parent sees to it, by the name of the address, and what the link says.
CERTIFIER = ("certification", "Vérifier et certifier mon dossier")
ENVOYER = ("pieces", "Voir les documents à fournir")


@dataclass(frozen=True)
class Manques:
    """`a_certifier_depuis`: the famille has not confirmed its record since that day; None: nothing to confirm.
    `pieces`: the names of the documents without which one does not book."""

    a_certifier_depuis: date | None = None
    pieces: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.a_certifier_depuis is not None or bool(self.pieces)

    def refus(self, *, pour_agent: bool) -> DossierIncomplet | None:
        """In the words of a parent, who can see to it, or of the agent, who knows what is awaited."""
        if self.a_certifier_depuis is not None:
            return self._a_certifier(self.a_certifier_depuis, pour_agent=pour_agent)
        return self._a_fournir(pour_agent=pour_agent) if self.pieces else None

    def _a_certifier(self, depuis: date, *, pour_agent: bool) -> DossierIncomplet:
        if pour_agent:
            dit = f"La famille n’a pas certifié son dossier (demandé depuis le {date_courte(depuis)})."
            return DossierIncomplet(dit)
        return DossierIncomplet(
            "Vérifiez et certifiez d’abord votre dossier\u00a0: le centre le demande chaque année avant de réserver.",
            CERTIFIER,
        )

    def _a_fournir(self, *, pour_agent: bool) -> DossierIncomplet:
        un = len(self.pieces) == 1
        manque = "Il manque un document" if un else f"Il manque {len(self.pieces)}\u00a0documents"
        noms = enumerer(f"«\u00a0{nom}\u00a0»" for nom in self.pieces)
        if pour_agent:
            return DossierIncomplet(f"{manque}\u00a0: {noms}.")
        envoyer = "Envoyez-le d’abord au centre." if un else "Envoyez-les d’abord au centre."
        return DossierIncomplet(f"{manque} pour réserver\u00a0: {noms}. {envoyer}", ENVOYER)


RIEN_NE_MANQUE = Manques()
