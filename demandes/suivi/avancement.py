"""How far a request has come, as its label says it: « En attente », « Acceptée en partie »…"""

from dataclasses import dataclass

from demandes.models import Decision, Demande


@dataclass(frozen=True)
class Avancement:
    """A label: its words, its level, its icon."""

    texte: str
    niveau: str
    icone: str


EN_ATTENTE = Avancement("En attente", "info", "clock")
EN_COURS = Avancement("En cours de traitement", "info", "arrow-path")
PAR_VERDICT = {
    Decision.Verdict.ACCEPTEE: Avancement("Acceptée", "success", "check"),
    Decision.Verdict.REFUSEE: Avancement("Refusée", "error", "x-mark"),
    Decision.Verdict.RETIREE: Avancement("Retirée", "", "arrow-uturn-left"),
    Decision.Verdict.EXPIREE: Avancement("Expirée", "warning", "clock"),
}
EN_PARTIE = Avancement("Acceptée en partie", "warning", "check")


def avancement(demande: Demande) -> Avancement:
    if demande.est_en_attente:
        return EN_COURS if demande.prise_en_charge_le else EN_ATTENTE
    decision = demande.decision
    return EN_PARTIE if decision.est_partielle else PAR_VERDICT[Decision.Verdict(decision.verdict)]
