"""What the famille is told of a request: an acknowledgement at deposit, a message and an e-mail at the decision.

Written in the transaction of what they tell, sent by the queue (`messagerie.courriels`): never lost, never twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

import francais
from messagerie.models import Courriel, Fil

if TYPE_CHECKING:
    from demandes.models import Decision, Demande

# Beyond, the page of the request tells the rest.
REFUSEES_NOMMEES = 31


def accuser_reception(demande: Demande) -> None:
    """An e-mail with the number and the date (CRPA L112-11), to the responsables who accept e-mails."""
    Courriel.deposer_pour(
        demande.famille,
        sujet=f"Accusé de réception de votre demande n°\u00a0{demande.numero}",
        gabarit="demande_deposee",
        contexte={
            "numero": demande.numero,
            "objet": demande.genre.nom_court(),
            "jour": francais.date_courte(demande.deposee_jour),
            "heure": francais.heure(timezone.localtime(demande.deposee_le).time()),
            "chemin": demande.get_absolute_url(),
        },
        cle_unique=f"demande:{demande.pk}:depot",
    )


def annoncer(decision: Decision) -> None:
    """A message in the inbox, and one e-mail. A withdrawal is the famille's own: nothing to tell."""
    if decision.verdict == decision.Verdict.RETIREE:
        return
    demande = decision.demande
    sujet = f"Votre demande n°\u00a0{demande.numero} est {decision.participe}"
    phrases = _phrases(demande, decision)
    courriel = {
        "sujet": sujet,
        "gabarit": "demande_decidee",
        "contexte": {"phrases": phrases, "chemin": demande.get_absolute_url()},
        "cle_unique": f"demande:{demande.pk}:decision",
    }
    texte = "\n\n".join(["Bonjour,", *phrases, "Le détail est dans la liste de vos demandes."])
    Fil.ecrire_a(demande.famille, sujet, texte, par=decision.par, courriel=courriel)


def _phrases(demande: Demande, decision: Decision) -> list[str]:
    auteur = " par validation automatique" if decision.automatique else ""
    phrases = [
        f"Votre demande n°\u00a0{demande.numero} «\u00a0{demande.genre.nom_court()}\u00a0» du "
        f"{francais.date_courte(demande.deposee_jour)} a été {decision.participe} le "
        f"{francais.date_courte(decision.jour)}{auteur}."
    ]
    if decision.refusees:
        refuses = francais.pluriel(len(decision.refusees), "jour n’a pas été accepté", "jours n’ont pas été acceptés")
        phrases.append(f"Toutefois, {refuses}\u00a0: {_nommer(demande, decision.refusees)}.")
    if decision.motif and not demande.genre.confidentiel:
        phrases.append(f"Motif\u00a0: {decision.motif}")
    return phrases


def _nommer(demande: Demande, codes: list[str]) -> str:
    """« mercredi 8 avril 2015, ALSH Mercredi journée ; … »."""
    noms = [demande.genre.libelle_de_part(code, demande) for code in codes[:REFUSEES_NOMMEES]]
    if autres := len(codes) - len(noms):
        noms.append(francais.pluriel(autres, "autre jour", "autres jours"))
    return "\u00a0; ".join(noms)
