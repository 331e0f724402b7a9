"""A request as its page shows it to an agent: what changes, what is around, what may be decided."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from django.urls import reverse

import francais
from demandes.models import Demande
from demandes.suivi.avancement import Avancement, avancement
from demandes.suivi.frise import frise
from demandes.suivi.parts import PartSuivie, parts_suivies
from facturation.compte.solde import soldes_par_regie
from famille.models import Compte

AUTRES = 8


class PageDeDemande:
    """All that the page shows, read at once. Decrypts secrets: its view has noted who reads."""

    def __init__(self, demande: Demande, agent: Compte, choisi: Mapping[str, str]) -> None:
        """`choisi`: what was chosen of each part, where the page comes back; nothing where it opens."""
        contenu, attend = demande.contenu(), demande.est_en_attente
        self.avancement, self.frise = avancement(demande), frise(demande)
        self.difference = contenu.difference(demande)
        self.parts = [_telle_quelle(part, choisi) for part in parts_suivies(demande, contenu)]
        self.en_conflit = attend and any(ecart.en_conflit for ecart in self.difference)
        self.mises_en_garde = contenu.mises_en_garde(demande) if attend else []
        self.est_a_moi = demande.prise_en_charge_par_id == agent.pk
        # What the agent has before their eyes; sent back with the decision.
        self.vu = contenu.empreinte(demande.valeurs)
        self.pieces = _pieces(demande)
        self.autres = _autres(demande, agent)
        self.solde = _solde(demande, agent)


def _telle_quelle(part: PartSuivie, choisi: Mapping[str, str]) -> PartSuivie:
    """With the option that was sent, if it is one of its own, instead of the usual one."""
    envoyee = choisi.get(part.code, "")
    return replace(part, defaut=envoyee) if envoyee in {option.code for option in part.options} else part


def _pieces(demande: Demande) -> list[tuple[str, str, str]]:
    """Address, name, kind and weight of each supporting document."""
    return [
        (
            reverse("admin:demandes_demande_piece", args=[demande.pk, piece.pk]),
            piece.nom,
            f"{piece.genre}, {piece.poids}",
        )
        for piece in demande.pieces.all()
    ]


def _autres(demande: Demande, agent: Compte) -> list[tuple[Demande, Avancement]]:
    """The famille's other requests, the latest first, that this agent may see."""
    autres = Demande.objects.traitables_par(agent).filter(famille=demande.famille).exclude(pk=demande.pk)
    return [(autre, avancement(autre)) for autre in autres.select_related("decision", "enfant")[:AUTRES]]


def _solde(demande: Demande, agent: Compte) -> str:
    """The famille's balance, for whom may see invoices; empty for others."""
    if not agent.has_perm("facturation.view_facture"):
        return ""
    soldes = [(regie, montant) for regie, montant in soldes_par_regie(demande.famille) if montant]
    if not soldes:
        return "ne doit rien"
    return "\u00a0; ".join(
        f"{'doit' if montant > Decimal(0) else 'a d’avance'} {francais.euros(abs(montant))} ({regie})"
        for regie, montant in soldes
    )
