"""A thread: one subject, between one famille and the centre."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from courriels.avis import Avis
from famille.models import Compte, EnvoisDuJour, Famille, Responsable
from socle.adresses.formes import adresse_de
from socle.chiffrement import Secret
from socle.fichiers.depot import tout_ou_rien
from socle.fichiers.examen import Fichier
from socle.reglages.centre import le_centre

from .message import Lecture, Message, Piece

APERCU = 140  # characters of the last message, in a list


class DejaPrisEnCharge(Exception):
    """Somebody else is on this thread. Says who."""


class FilQuerySet(models.QuerySet["Fil"]):
    def recus(self) -> "FilQuerySet":
        """Threads in which the centre wrote."""
        return self.filter(Exists(Message.objects.filter(fil=OuterRef("pk"), du_centre=True)), supprime_le=None)

    def envoyes(self) -> "FilQuerySet":
        """Threads in which the famille wrote."""
        return self.filter(Exists(Message.objects.filter(fil=OuterRef("pk"), du_centre=False)), supprime_le=None)

    def supprimes(self) -> "FilQuerySet":
        return self.filter(supprime_le__isnull=False)

    def a_traiter(self) -> "FilQuerySet":
        """The famille wrote, nobody has answered or closed. The longest waiting first."""
        return self.filter(en_attente_depuis__isnull=False).order_by("en_attente_depuis")

    def avec_apercu(self, compte: int, depuis: datetime) -> "FilQuerySet":
        """With the text of the last message, its author, `nombre` of messages and `non_lus` by that parent.

        `compte`: the key of the account, open since `depuis`.
        """
        messages = Message.objects.filter(fil=OuterRef("pk"))
        dernier = messages.order_by("-le", "-pk")
        return self.annotate(
            dernier_texte=Subquery(dernier.values("texte")[:1]),
            dernier_du_centre=Subquery(dernier.values("du_centre")[:1]),
            derniere_signature=Subquery(dernier.values("signature")[:1]),
            nombre=_compter(messages),
            non_lus=_compter(messages.non_lus(compte, depuis)),
            avec_piece=Exists(Piece.objects.filter(message__fil=OuterRef("pk"))),
        )


def _compter(messages: models.QuerySet) -> Coalesce:
    return Coalesce(Subquery(messages.order_by().values("fil").annotate(n=Count("pk")).values("n")), 0)


class Fil(models.Model):
    """A conversation. Belongs to one famille, whoever of its responsables writes."""

    AU_LIEU_DE_SUPPRIMER = "classez-la. Elle s’efface d’elle-même, une fois passé le temps où elle se garde."

    famille = models.ForeignKey(Famille, models.CASCADE, related_name="fils")
    sujet = models.CharField(max_length=150)
    cree_le = models.DateTimeField("créé le", default=timezone.now, editable=False)
    dernier_le = models.DateTimeField("dernier message le", default=timezone.now, editable=False)
    en_attente_depuis = models.DateTimeField("attend une réponse depuis", null=True, editable=False)
    suivi_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name="suivi par"
    )
    supprime_le = models.DateTimeField("supprimé par la famille le", null=True, editable=False)

    # Annotated by `avec_apercu`.
    dernier_texte: Secret | None
    dernier_du_centre: bool
    derniere_signature: str
    nombre: int
    non_lus: int
    avec_piece: bool

    objects = FilQuerySet.as_manager()

    class Meta:
        verbose_name = "conversation"
        verbose_name_plural = "conversations"
        ordering = ["-dernier_le", "-pk"]
        indexes = [
            models.Index(fields=["famille", "-dernier_le"], name="fil_de_famille"),
            models.Index(
                fields=["en_attente_depuis"], condition=Q(en_attente_depuis__isnull=False), name="fil_a_traiter"
            ),
            models.Index(fields=["dernier_le"], condition=Q(en_attente_depuis__isnull=True), name="fil_termine"),
        ]

    def __str__(self) -> str:
        return self.sujet

    def get_absolute_url(self) -> str:
        return adresse_de("messagerie:fil", self.pk)

    @classmethod
    def ecrire_au_centre(cls, par: Responsable, sujet: str, texte: str, pieces: Iterable[Fichier] = ()) -> "Fil":
        """A parent opens a thread."""
        with tout_ou_rien():
            fil = cls.objects.create(famille=par.famille, sujet=sujet)
            fil.completer(texte, par=par, pieces=pieces)
        return fil

    @classmethod
    def ecrire_a(
        cls,
        famille: Famille,
        sujet: str,
        texte: str,
        par: Compte | None,
        pieces: Iterable[Fichier] = (),
        avis: Avis | None = None,
    ) -> "Fil":
        """The centre opens a thread with a famille, which an e-mail tells of. `par` None: the portal itself.

        `avis`: what the e-mail says, if not the usual « Vous avez un nouveau message ».
        """
        message = _du_centre(texte, par)
        with tout_ou_rien():
            fil = cls.objects.create(famille=famille, sujet=sujet, dernier_le=message.le)
            fil._envoyer(message, pieces, avis)
        return fil

    @property
    def extrait(self) -> str:
        """The beginning of the last message, once it is read. One character more than APERCU says that it goes on."""
        return self.dernier_texte.en_clair()[: APERCU + 1] if self.dernier_texte else ""

    @property
    def est_supprime(self) -> bool:
        return self.supprime_le is not None

    def completer(self, texte: str, *, par: Responsable, pieces: Iterable[Fichier] = ()) -> Message:
        """A parent writes: the thread waits for the centre. Raises EnvoiRefuse."""
        if par.famille_id != self.famille_id:
            raise PermissionError("A parent writes in the threads of their own famille.")
        pieces = list(pieces)
        with tout_ou_rien():
            EnvoisDuJour.compter(self.famille, messages=1, octets=sum(fichier.taille for fichier in pieces))
            message = self._ajouter(Message(auteur=par.compte, signature=par.nom_complet, du_centre=False, texte=texte))
            self._joindre(message, pieces)
            self._avancer(message, en_attente_depuis=Coalesce("en_attente_depuis", message.le))
            self.refresh_from_db(fields=["dernier_le", "en_attente_depuis"])
        return message

    def repondre(
        self, texte: str, *, par: Compte | None, pieces: Iterable[Fichier] = (), avis: Avis | None = None
    ) -> Message:
        """The centre writes: nothing waits any more, and a deleted thread comes back to the famille's sight."""
        message = _du_centre(texte, par)
        with tout_ou_rien():
            self._envoyer(message, pieces, avis)
            self._avancer(message, en_attente_depuis=None, supprime_le=None)
            self.dernier_le, self.en_attente_depuis, self.supprime_le = max(self.dernier_le, message.le), None, None
        return message

    def lire(self, compte: Compte, dernier: Message) -> None:
        """This person has read up to that message. An older tab takes nothing back."""
        cle = {"fil": self, "compte": compte}
        Lecture.objects.bulk_create([Lecture(**cle, jusqu_a=dernier.le)], ignore_conflicts=True)
        Lecture.objects.filter(**cle, jusqu_a__lt=dernier.le).update(jusqu_a=dernier.le)

    def supprimer(self) -> None:
        """Out of the famille's sight, until it restores it or the centre writes again. The centre keeps it."""
        self.supprime_le = timezone.now()
        self.save(update_fields=["supprime_le"])

    def restaurer(self) -> None:
        self.supprime_le = None
        self.save(update_fields=["supprime_le"])

    def prendre_en_charge(self, par: Compte, a_la_place_de: Compte | None = None) -> None:
        """`par` answers for the thread. Raises DejaPrisEnCharge if it is another's than the page said."""
        libre = Fil.objects.filter(pk=self.pk, suivi_par=a_la_place_de)
        if not libre.update(suivi_par=par):
            self.refresh_from_db(fields=["suivi_par"])
            if self.suivi_par != par:
                raise DejaPrisEnCharge(f"{self.suivi_par or 'Un collègue'} s’occupe déjà de cette conversation.")
        self.suivi_par = par

    def classer(self) -> None:
        """It needs no answer."""
        self.en_attente_depuis = None
        self.save(update_fields=["en_attente_depuis"])

    def _envoyer(self, message: Message, pieces: Iterable[Fichier], avis: Avis | None) -> None:
        """To the famille, which an e-mail tells."""
        self._ajouter(message)
        self._joindre(message, pieces)
        self.famille.prevenir(avis or avis_de_message(self, message))

    def _ajouter(self, message: Message) -> Message:
        message.fil = self
        message.save(force_insert=True)
        return message

    def _joindre(self, message: Message, pieces: Iterable[Fichier]) -> None:
        for fichier in pieces:
            piece = Piece.depuis(fichier)
            piece.message = message
            piece.save()

    def _avancer(self, message: Message, **suite: object) -> None:
        Fil.objects.filter(pk=self.pk).update(dernier_le=Greatest("dernier_le", message.le), **suite)


def _du_centre(texte: str, par: Compte | None) -> Message:
    return Message(auteur=par, signature=par.get_full_name() if par else "", du_centre=True, texte=texte)


def avis_de_message(fil: Fil, message: Message, sorte: str = "message") -> Avis:
    """The e-mail that tells of a message: a link, and nothing of what it says."""
    return Avis(
        sujet=f"{le_centre().nom}\u00a0: vous avez un nouveau message",
        gabarit="message_nouveau",
        contexte={"chemin": fil.get_absolute_url()},
        cle=f"message:{message.pk}",
        information=True,
        sorte=sorte,
    )
