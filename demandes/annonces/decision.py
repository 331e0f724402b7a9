"""What the parent receives after a decision: a message in the inbox, and one e-mail."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.utils import timezone

import francais
from courriels.avis import Avis
from courriels.redaction import GROUPES, Groupe
from demandes.annonces.annoncee import DecisionAnnoncee, DemandeAnnoncee
from demandes.annonces.jours import nommer, pour_qui
from demandes.genre.parts import Part
from demandes.genre.type_demande import TypeDemande
from messagerie.models import Fil

# Ten decisions in an hour make one e-mail; in a few minutes, where a day is near.
GROUPE = "decisions"
TRANQUILLE, PRESSANT = timedelta(hours=1), timedelta(minutes=5)
PROCHE = timedelta(days=2)


def annoncer(decision: DecisionAnnoncee, contenu: TypeDemande) -> None:
    """A withdrawal is the famille's own: nothing to tell."""
    if decision.est_un_retrait:
        return
    demande = decision.demande
    # For the price of its days, and for whom it is written to.
    prefetch_related_objects([demande.famille], "responsables")
    sujet = f"Votre demande n°\u00a0{demande.numero} est {decision.participe}"
    phrases = list(_phrases(demande, decision, contenu))
    avis = Avis(
        sujet=sujet,
        gabarit="demande_decidee",
        contexte={"chemin": demande.get_absolute_url()},
        prive={"phrases": phrases},
        cle=f"demande:{demande.numero}:decision",
        groupe=GROUPE,
        attend=PRESSANT if _presse(demande) else TRANQUILLE,
    )
    lien = settings.PORTAIL_ADRESSE.rstrip("/") + demande.get_absolute_url()
    texte = "\n\n".join(["Bonjour,", *phrases, f"Le détail de cette demande\u00a0: {lien}"])
    Fil.ecrire_a(demande.famille, sujet, texte, par=decision.par, avis=avis)


def _presse(demande: DemandeAnnoncee) -> bool:
    """It is about a day that comes soon."""
    jours = [jour for _, jour in demande.genre.jours_concernes(demande)]
    return bool(jours) and min(jours) <= timezone.localdate() + PROCHE


def _sujet_de_plusieurs(nombre: int) -> str:
    return f"Le centre a répondu à {nombre} de vos demandes"


# Its button leads to « Liste des demandes ».
GROUPES[GROUPE] = Groupe(_sujet_de_plusieurs, "/demandes/")


def _phrases(demande: DemandeAnnoncee, decision: DecisionAnnoncee, contenu: TypeDemande) -> Iterator[str]:
    """Of whom, which days, what became of each, at what price, and why."""
    auteur = " par validation automatique" if decision.automatique else ""
    pour = f"{pour_qui(demande.enfant)}," if demande.enfant else ""
    yield (
        f"Votre demande n°\u00a0{demande.numero} «\u00a0{demande.genre.nom_court()}\u00a0» du "
        f"{francais.date_courte(demande.deposee_jour)}{pour} a été {decision.participe} le "
        f"{francais.date_courte(decision.jour)}{auteur}."
    )
    parts = contenu.parts_de(demande)
    gardees = [part for part in parts if decision.est_favorable and part.code not in decision.refusees]
    if gardees:
        yield _liste("Accepté", "Acceptés", gardees)
        if total := contenu.total_de(demande):
            yield f"{contenu.titre_du_total}\u00a0: {total}."
    if refusees := [part for part in parts if part not in gardees]:
        yield _liste("Refusé", "Refusés", refusees)
    if decision.motif and not demande.genre.confidentiel:
        yield f"Motif\u00a0: {decision.motif}"


def _liste(un: str, plusieurs: str, parts: Sequence[Part]) -> str:
    """« Acceptés : » and a line a day."""
    return "\n".join([f"{un if len(parts) == 1 else plusieurs}\u00a0:", *(f"– {ligne}" for ligne in nommer(parts))])
