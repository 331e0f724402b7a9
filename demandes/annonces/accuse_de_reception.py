"""The acknowledgement of a request, with its number and date (CRPA L112-11)."""

from django.utils import timezone

import francais
from courriels.avis import Avis
from demandes.annonces.annoncee import DemandeAnnoncee
from demandes.annonces.jours import nommer, pour_qui
from demandes.genre.type_demande import TypeDemande


def accuser_reception(demande: DemandeAnnoncee, contenu: TypeDemande) -> None:
    """An e-mail, owed to every responsable with an address: what is asked, for whom, and what it will cost."""
    accuse = Avis(
        sujet=f"Accusé de réception de votre demande n°\u00a0{demande.numero}",
        gabarit="demande_deposee",
        contexte={
            "numero": demande.numero,
            "objet": demande.genre.nom_court(),
            "pour": pour_qui(demande.enfant),
            "jours": nommer(contenu.parts_de(demande)),
            "total": contenu.total_de(demande),
            "titre_du_total": contenu.titre_du_total,
            "jour": francais.date_courte(demande.deposee_jour),
            "heure": francais.heure(timezone.localtime(demande.deposee_le).time()),
            "chemin": demande.get_absolute_url(),
        },
        cle=f"demande:{demande.numero}:depot",
    )
    demande.famille.prevenir(accuse)
