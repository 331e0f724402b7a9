"""The agent says « Envoyer »: from then on the recipients of a mailing are rows, and nothing of it changes any more."""

from functools import partial

from django.db import transaction

import francais
from famille.models import Compte
from messagerie.envois.taches import expedier
from messagerie.models import Envoi


class LancementRefuse(Exception):
    """A mailing cannot leave as it is. One French sentence says why."""


def lancer(envoi: Envoi, *, par: Compte, attendues: int) -> None:
    """Fix the recipients and start writing. Raises LancementRefuse if they are not as many as the agent saw."""
    with transaction.atomic():
        verrouille = Envoi.objects.select_for_update().get(pk=envoi.pk)
        if verrouille.est_lance:
            raise LancementRefuse("Ce message est déjà parti.")
        familles = list(verrouille.familles().values_list("pk", flat=True))
        if not familles or len(familles) != attendues:
            liste = francais.pluriel(len(familles), "famille")
            raise LancementRefuse(f"La liste a changé depuis votre aperçu\u00a0: {liste}. Vérifiez-la, puis envoyez.")
        verrouille.fixer(familles, par=par)
        transaction.on_commit(partial(expedier.enqueue, envoi.pk), robust=True)
    envoi.refresh_from_db()
