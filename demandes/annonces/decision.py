"""What the parent receives after a decision: a message in the inbox, and one e-mail."""

from collections.abc import Sequence

import francais
from courriels.avis import Avis
from demandes.annonces.annoncee import DecisionAnnoncee, DemandeAnnoncee
from messagerie.models import Fil

# Beyond, the page of the request tells the rest.
REFUSEES_NOMMEES = 31


def annoncer(decision: DecisionAnnoncee) -> None:
    """A withdrawal is the famille's own: nothing to tell."""
    if decision.est_un_retrait:
        return
    demande = decision.demande
    sujet = f"Votre demande n°\u00a0{demande.numero} est {decision.participe}"
    phrases = _phrases(demande, decision)
    avis = Avis(
        sujet=sujet,
        gabarit="demande_decidee",
        contexte={"phrases": phrases, "chemin": demande.get_absolute_url()},
        cle=f"demande:{demande.numero}:decision",
    )
    texte = "\n\n".join(["Bonjour,", *phrases, "Le détail est dans la liste de vos demandes."])
    Fil.ecrire_a(demande.famille, sujet, texte, par=decision.par, avis=avis)


def _phrases(demande: DemandeAnnoncee, decision: DecisionAnnoncee) -> list[str]:
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


def _nommer(demande: DemandeAnnoncee, codes: Sequence[str]) -> str:
    """« mercredi 8 avril 2015, ALSH Mercredi journée ; … »."""
    noms = [demande.genre.libelle_de_part(code, demande) for code in codes[:REFUSEES_NOMMEES]]
    if autres := len(codes) - len(noms):
        noms.append(francais.pluriel(autres, "autre jour", "autres jours"))
    return "\u00a0; ".join(noms)
