"""The outbox: an e-mail is a row, written with what it tells of, and sent by the queue. Never lost, never twice.

Any app above may deposit one. What failed for good stays listed for the agents.
"""

import hashlib
import logging
import smtplib
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import models, transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django_tasks import task

from famille.models import Famille

logger = logging.getLogger(__name__)

# After the nth failure, wait that long; after the last one, give up and tell the agents.
DELAIS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
    timedelta(hours=24),
)
# What says no to this e-mail only. Any other error of the conversation is the server's: the round stops.
REFUS = (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, smtplib.SMTPSenderRefused)


class CourrielQuerySet(models.QuerySet):
    def a_envoyer(self) -> "CourrielQuerySet":
        return self.filter(prochain_essai__lte=timezone.now())

    def en_echec(self) -> "CourrielQuerySet":
        """Given up: only an agent may try again."""
        return self.filter(envoye_le=None, prochain_essai=None)

    def relancer(self) -> int:
        """Try again those that were given up; returns how many."""
        nombre = self.en_echec().update(prochain_essai=timezone.now(), essais=0)
        transaction.on_commit(distribuer.enqueue, robust=True)
        return nombre


class Courriel(models.Model):
    """One e-mail to one address. Sent if `envoye_le`, waiting if `prochain_essai`, given up if neither."""

    cle = models.CharField("clé", max_length=120, editable=False)
    destinataire = models.EmailField(editable=False)
    famille = models.ForeignKey(
        Famille, models.CASCADE, null=True, blank=True, editable=False, related_name="courriels"
    )
    sujet = models.CharField(max_length=150, editable=False)
    gabarit = models.CharField(max_length=60, editable=False)
    contexte = models.JSONField(default=dict, editable=False)
    depose_le = models.DateTimeField("déposé le", default=timezone.now, editable=False)
    essais = models.PositiveSmallIntegerField("essais manqués", default=0, editable=False)
    prochain_essai = models.DateTimeField(null=True, default=timezone.now, editable=False)
    envoye_le = models.DateTimeField("envoyé le", null=True, editable=False)
    erreur = models.TextField("dernière erreur", blank=True, editable=False)

    objects = CourrielQuerySet.as_manager()

    class Meta:
        verbose_name = "courriel"
        verbose_name_plural = "courriels"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["cle", "destinataire"], name="un_courriel_par_cle_et_adresse"),
            models.CheckConstraint(
                condition=models.Q(envoye_le=None) | models.Q(prochain_essai=None), name="courriel_envoye_une_fois"
            ),
        ]
        indexes = [
            models.Index(
                fields=["prochain_essai"], condition=models.Q(prochain_essai__isnull=False), name="courriel_a_envoyer"
            )
        ]

    def __str__(self) -> str:
        return f"{self.sujet} → {self.destinataire}"

    @classmethod
    def deposer(cls, destinataire: str, sujet: str, gabarit: str, contexte: dict, cle_unique: str) -> None:
        """Write to one address, in the caller's transaction. The same key and address again do nothing.

        `gabarit` names `courriels/<gabarit>.txt` and `.html`; `contexte` holds plain JSON values, of which `chemin`
        (« /messages/12/ ») becomes `lien`. No personal data in `sujet`: it is read over shoulders.
        """
        courriel = cls(cle=cle_unique, destinataire=destinataire, sujet=sujet, gabarit=gabarit, contexte=contexte)
        cls.deposer_lot([courriel])

    @classmethod
    def deposer_pour(cls, famille: Famille, sujet: str, gabarit: str, contexte: dict, cle_unique: str) -> None:
        """Write to each responsable of the famille who said yes to « Autorisation courriel »."""
        cls.deposer_lot(cls.pour(famille, sujet, gabarit, contexte, cle_unique))

    @classmethod
    def pour(cls, famille: Famille, sujet: str, gabarit: str, contexte: dict, cle_unique: str) -> list["Courriel"]:
        """Those of `deposer_pour`, unsaved, for whoever writes to many. No query if responsables are prefetched."""
        return [
            cls(
                cle=cle_unique,
                destinataire=responsable.email,
                famille=famille,
                sujet=sujet,
                gabarit=gabarit,
                contexte=contexte,
            )
            for responsable in famille.responsables.all()
            if responsable.autorisation_courriel and responsable.email
        ]

    @classmethod
    def deposer_lot(cls, courriels: Iterable["Courriel"]) -> None:
        if cls.objects.bulk_create(courriels, batch_size=500, ignore_conflicts=True):
            # A worker must find the rows; should the queue not answer, `reprendre_envois` finds them later.
            transaction.on_commit(distribuer.enqueue, robust=True)

    @property
    def est_en_echec(self) -> bool:
        return self.envoye_le is None and self.prochain_essai is None

    def partir(self, connexion: BaseEmailBackend) -> None:
        """Send, and write that it was sent. Raises what the server or the template raises."""
        message = self._message()
        message.connection = connexion
        message.send()
        self.envoye_le, self.prochain_essai, self.erreur = timezone.now(), None, ""
        self.save(update_fields=["envoye_le", "prochain_essai", "erreur"])

    def manquer(self, erreur: Exception) -> None:
        """Try later, or give up: at once if the server said « never », else after the last delay."""
        definitif = _est_definitif(erreur) or self.essais >= len(DELAIS)
        self.prochain_essai = None if definitif else timezone.now() + DELAIS[self.essais]
        self.essais += 1
        self.erreur = f"{type(erreur).__name__}: {erreur}"[:1000]
        self.save(update_fields=["prochain_essai", "essais", "erreur"])

    def _message(self) -> EmailMultiAlternatives:
        contexte = {
            **self.contexte,
            "lien": settings.PORTAIL_ADRESSE.rstrip("/") + self.contexte.get("chemin", "/"),
            "centre_nom": settings.CENTRE_NOM,
            "centre_telephone": settings.CENTRE_TELEPHONE,
        }
        message = EmailMultiAlternatives(
            subject=self.sujet,
            body=render_to_string(f"courriels/{self.gabarit}.txt", contexte),
            to=[self.destinataire],
            headers={"Message-ID": self._identifiant_de_message(), "Auto-Submitted": "auto-generated"},
        )
        message.attach_alternative(render_to_string(f"courriels/{self.gabarit}.html", contexte), "text/html")
        return message

    def _identifiant_de_message(self) -> str:
        """The same at each try: if a worker dies between the server's « OK » and our commit, mailboxes see one."""
        domaine = settings.CENTRE_COURRIEL.rpartition("@")[2]
        return f"<{hashlib.sha256(f'{self.cle} {self.destinataire}'.encode()).hexdigest()[:40]}@{domaine}>"


def _est_definitif(erreur: Exception) -> bool:
    """Whether the server refuses for good (SMTP 5xx) this address or this text."""
    if isinstance(erreur, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in erreur.recipients.values())
    return isinstance(erreur, smtplib.SMTPDataError) and erreur.smtp_code >= 500


class Facteur:
    """Carries what is due: one e-mail a transaction, over one connection. Any number of them may work at once."""

    def __init__(self) -> None:
        self.connexion = get_connection()
        self.envoyes = 0
        self.a_reprendre: list[datetime] = []

    def tournee(self) -> int:
        """Send until nothing is due or the server is gone; returns how many left."""
        try:
            while self._un_courriel():
                pass
        finally:
            with suppress(OSError):
                self.connexion.close()
        return self.envoyes

    def _un_courriel(self) -> bool:
        """Whether to go on."""
        with transaction.atomic():
            # A row that another facteur holds is skipped; a worker that dies gives its row back.
            courriel = (
                Courriel.objects.a_envoyer().order_by("prochain_essai").select_for_update(skip_locked=True).first()
            )
            if courriel is None:
                return False
            try:
                self.connexion.open()
                courriel.partir(self.connexion)
            except Exception as erreur:
                logger.warning("E-mail %s not sent: %s", courriel.pk, erreur)
                courriel.manquer(erreur)
                if courriel.prochain_essai:
                    self.a_reprendre.append(courriel.prochain_essai)
                return isinstance(erreur, REFUS) or not isinstance(erreur, OSError)
        self.envoyes += 1
        return True


@task()
def distribuer() -> int:
    """Send all that is due, and come back for what failed; returns how many left."""
    facteur = Facteur()
    envoyes = facteur.tournee()
    # A queue that runs at once, as in the tests, cannot wait: `reprendre_envois` also comes back.
    if facteur.a_reprendre and distribuer.get_backend().supports_defer:
        distribuer.using(run_after=min(facteur.a_reprendre)).enqueue()
    return envoyes
