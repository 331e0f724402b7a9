"""How much a famille has sent today: parents write freely, and no script fills the disk or the agents' desk."""

from django.conf import settings
from django.db import connection, models
from django.utils import timezone

import francais
from socle.fichiers.depot import EnvoiRefuse
from socle.fichiers.examen import poids
from socle.reglages.centre import le_centre

from .famille import Famille

MEGAOCTET = 1024 * 1024
# One statement: two tabs that send at once are counted one after the other.
COMPTER = """
    INSERT INTO famille_envoisdujour AS deja (famille_id, jour, demandes, messages, octets)
    VALUES (%s, %s, %s, %s, %s)
    ON CONFLICT (famille_id) DO UPDATE SET
        jour = excluded.jour,
        demandes = excluded.demandes + CASE WHEN deja.jour = excluded.jour THEN deja.demandes ELSE 0 END,
        messages = excluded.messages + CASE WHEN deja.jour = excluded.jour THEN deja.messages ELSE 0 END,
        octets = excluded.octets + CASE WHEN deja.jour = excluded.jour THEN deja.octets ELSE 0 END
    RETURNING demandes, messages, octets
"""


class QuotaAtteint(EnvoiRefuse):
    """Too much for one day. Says what, how much, and what to do."""

    def __init__(self, constat: str) -> None:
        numero = le_centre().telephone.replace(" ", "\u00a0")
        telephone = f" au {numero}" if numero else ""
        super().__init__(
            f"{constat} aujourd’hui, le maximum pour une journée\u00a0: rien de plus n’est enregistré. "
            f"Envoyez la suite demain, ou appelez le centre{telephone}."
        )


class EnvoisDuJour(models.Model):
    """Of a famille, on the last day when it sent something: how many requests, messages, bytes of files."""

    famille = models.OneToOneField(Famille, models.CASCADE, primary_key=True, related_name="+")
    jour = models.DateField()
    demandes = models.PositiveIntegerField(default=0)
    messages = models.PositiveIntegerField(default=0)
    octets = models.PositiveBigIntegerField("octets de fichiers", default=0)

    class Meta:
        verbose_name = "envois du jour"
        verbose_name_plural = "envois du jour"
        # Kept by us, never written by hand.
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.famille_id}, {self.jour}"

    @classmethod
    def compter(cls, famille: Famille, *, demandes: int = 0, messages: int = 0, octets: int = 0) -> None:
        """Add this to what it has sent today, in the caller's transaction. Raises QuotaAtteint."""
        with connection.cursor() as curseur:
            curseur.execute(COMPTER, [famille.pk, timezone.localdate(), demandes, messages, octets])
            total_demandes, total_messages, total_octets = curseur.fetchone()
        if demandes and total_demandes > settings.QUOTA_DEMANDES:
            raise QuotaAtteint(f"Vous avez déjà envoyé {francais.pluriel(settings.QUOTA_DEMANDES, 'demande')}")
        if messages and total_messages > settings.QUOTA_MESSAGES:
            raise QuotaAtteint(f"Vous avez déjà envoyé {francais.pluriel(settings.QUOTA_MESSAGES, 'message')}")
        if octets and total_octets > settings.QUOTA_FICHIERS * MEGAOCTET:
            au_plus = poids(settings.QUOTA_FICHIERS * MEGAOCTET)
            raise QuotaAtteint(f"Vos fichiers pèseraient plus de {au_plus}")
