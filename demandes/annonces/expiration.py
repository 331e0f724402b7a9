"""What the parent receives of days that nobody has decided before they came: a message, and an e-mail at once."""

from collections.abc import Collection
from datetime import date

from django.conf import settings

import francais
from courriels.avis import Avis
from demandes.annonces.annoncee import DemandeAnnoncee
from demandes.annonces.jours import nommer, pour_qui
from demandes.genre.parts import SANS_REPONSE, Part
from demandes.genre.type_demande import TypeDemande
from messagerie.models import Fil


def annoncer_expiration(demande: DemandeAnnoncee, contenu: TypeDemande, perdus: Collection[str], jour: date) -> None:
    """Those days are not booked, and why; what to do if they are still needed. `jour`: of the morning that says so."""
    sujet = f"Votre demande n°\u00a0{demande.numero} n’a pas eu de réponse à temps"
    phrases = [
        f"Votre demande n°\u00a0{demande.numero} «\u00a0{demande.genre.nom_court()}\u00a0» du "
        f"{francais.date_courte(demande.deposee_jour)}{pour_qui(demande.enfant)}\u00a0: {_debut(SANS_REPONSE)}",
        _liste([Part(code, contenu.libelle_de_part(code, demande)) for code in sorted(perdus, key=_jour)]),
        "Si vous en avez encore besoin, appelez le centre.",
    ]
    avis = Avis(
        sujet=sujet,
        gabarit="demande_decidee",
        contexte={"phrases": phrases, "chemin": demande.get_absolute_url()},
        cle=f"demande:{demande.numero}:expiration:{jour.isoformat()}",
    )
    lien = settings.PORTAIL_ADRESSE.rstrip("/") + demande.get_absolute_url()
    texte = "\n\n".join(["Bonjour,", *phrases, f"Le détail de cette demande\u00a0: {lien}"])
    Fil.ecrire_a(demande.famille, sujet, texte, par=None, avis=avis)


def _debut(phrase: str) -> str:
    return phrase[0].lower() + phrase[1:]


def _jour(code: str) -> str:
    return code.partition(":")[2]


def _liste(parts: Collection[Part]) -> str:
    titre = "Ce jour n’est pas réservé" if len(parts) == 1 else "Ces jours ne sont pas réservés"
    return "\n".join([f"{titre}\u00a0:", *(f"– {ligne}" for ligne in nommer(parts))])
