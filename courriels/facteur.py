"""Who carries the e-mails: one a transaction, over one connection, and any number of carriers at once."""

import logging
from contextlib import suppress
from datetime import datetime
from operator import attrgetter

from django.core.mail import get_connection
from django.db import transaction

from courriels.echecs import arrete_la_tournee, nature
from courriels.models import Courriel
from courriels.redaction import rediger, rediger_ensemble

logger = logging.getLogger(__name__)


class Facteur:
    """One round. Then `envoyes`, `a_reprendre` (when each failure is due again) and `interrompue` tell how it went."""

    def __init__(self) -> None:
        self.connexion = get_connection()
        self.envoyes = 0
        self.a_reprendre: list[datetime] = []
        self.interrompue = False

    def tournee(self, au_plus: int | None = None) -> int:
        """Send until nothing is due, the server is gone, or so many were tried; returns how many left."""
        try:
            essayes = 0
            while self._un_courriel():
                essayes += 1
                if essayes == au_plus:
                    self.interrompue = True
                    break
        finally:
            with suppress(OSError):
                self.connexion.close()
        return self.envoyes

    def _un_courriel(self) -> bool:
        """Whether to go on."""
        with transaction.atomic():
            # A row that another facteur holds is skipped; a worker that dies gives its row back.
            courriel = Courriel.objects.a_envoyer().select_for_update(skip_locked=True).first()
            if courriel is None:
                return False
            try:
                self._porter(courriel)
            except Exception as erreur:
                logger.warning("E-mail %s not sent: %s", courriel.pk, nature(erreur))
                courriel.manquer(erreur)
                # What it said may have left the conversation half way: the next e-mail begins another.
                with suppress(OSError):
                    self.connexion.close()
                if courriel.prochain_essai:
                    self.a_reprendre.append(courriel.prochain_essai)
                return not arrete_la_tournee(erreur)
        self.envoyes += 1
        return True

    def _porter(self, courriel: Courriel) -> None:
        """Written once the server answers: what is only good for an hour starts now."""
        self.connexion.open()
        ensemble = sorted([courriel, *courriel.compagnons()], key=attrgetter("pk"))
        message = rediger(courriel) if len(ensemble) == 1 else rediger_ensemble(ensemble)
        message.connection = self.connexion
        message.send()
        for parti in ensemble:
            parti.partir()
