"""Background tasks of the accounts."""

from django_tasks import task

from courriels.taches import PRIORITE_URGENTE
from famille.mots_de_passe.lien import envoyer_liens


@task(priority=PRIORITE_URGENTE)
def envoyer_liens_de_mot_de_passe(email: str) -> int:
    """Write to each account of this address; returns how many e-mails were deposited.

    Runs in the queue whatever the address: how long the page takes says nothing of who has an account.
    """
    return envoyer_liens(email)
