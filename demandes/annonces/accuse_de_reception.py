"""The acknowledgement of a request, with its number and date (CRPA L112-11)."""

from django.utils import timezone

import francais
from courriels.avis import Avis
from demandes.annonces.annoncee import DemandeAnnoncee


def accuser_reception(demande: DemandeAnnoncee) -> None:
    """An e-mail to the responsables who accept e-mails."""
    accuse = Avis(
        sujet=f"Accusé de réception de votre demande n°\u00a0{demande.numero}",
        gabarit="demande_deposee",
        contexte={
            "numero": demande.numero,
            "objet": demande.genre.nom_court(),
            "jour": francais.date_courte(demande.deposee_jour),
            "heure": francais.heure(timezone.localtime(demande.deposee_le).time()),
            "chemin": demande.get_absolute_url(),
        },
        cle=f"demande:{demande.numero}:depot",
    )
    demande.famille.prevenir(accuse)
