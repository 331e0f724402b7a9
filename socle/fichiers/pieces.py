"""Attachments: what is kept of a file, the field that receives several, and how one is served.

Messages, requests and documents each have their own table on `PieceJointe`; whoever serves one has checked who asks.
"""

import re
import secrets
import uuid
from collections.abc import Iterable
from typing import Self

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.db.models.base import ModelBase
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

from socle.chiffrement import TexteChiffre
from socle.fichiers.coffre import Coffre
from socle.fichiers.depot import effacer, noter
from socle.fichiers.examen import COTE_MAX, PHOTO_MAX, TAILLE_MAX, Fichier, TypeMime, examiner, poids

PIECES_MAX = 5
ENVOI_MAX = 25 * 1024 * 1024  # bytes, all the files of a form: the web server's own limit is above
ACCEPTES = [*TypeMime, "image/heic", "image/heif"]
UNE_TRANCHE = re.compile(r"bytes=(\d*)-(\d*)")


def chemin_secret(piece: "PieceJointe", nom: str) -> str:
    """Where the file lies in the storage. Says nothing of whose it is, and cannot be guessed."""
    return chemin_au_hasard(TypeMime(piece.type_mime).extension)


def chemin_au_hasard(extension: str) -> str:
    cle = uuid.uuid4().hex
    return f"pieces/{cle[:2]}/{cle}.{extension}"


class PieceJointe(models.Model):
    """A file that was examined. Only ever served by `servir`, to whom the view has let in."""

    fichier = models.FileField(upload_to=chemin_secret, editable=False)
    nom = models.CharField("nom du fichier", max_length=120, editable=False)
    type_mime = models.CharField("type", max_length=20, choices=[(t.value, t.name) for t in TypeMime], editable=False)
    taille = models.PositiveIntegerField("taille (octets)", editable=False)
    empreinte = models.CharField("empreinte SHA-256", max_length=64, editable=False)
    deposee_le = models.DateTimeField("déposée le", default=timezone.now, editable=False)

    class Meta:
        abstract = True
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.nom

    def save(
        self,
        *,
        force_insert: bool | tuple[ModelBase, ...] = False,
        force_update: bool = False,
        using: str | None = None,
        update_fields: Iterable[str] | None = None,
    ) -> None:
        """The row and its file, or neither."""
        a_ecrire = not _est_ecrit(self.fichier)
        try:
            super().save(force_insert=force_insert, force_update=force_update, using=using, update_fields=update_fields)
        except BaseException:
            if a_ecrire and _est_ecrit(self.fichier):
                effacer(self.fichier)
            raise
        if a_ecrire:
            noter(self.fichier)

    @classmethod
    def depuis(cls, fichier: Fichier) -> Self:
        """An unsaved row for this file: the caller ties it to its message or request, then saves."""
        piece = cls()
        piece.recevoir(fichier)
        return piece

    def recevoir(self, fichier: Fichier) -> None:
        """Take the file, or take its place if there was one. Written to the storage when the row is saved."""
        self.nom, self.type_mime = fichier.nom, fichier.type_mime
        self.taille, self.empreinte = fichier.taille, fichier.empreinte
        self.fichier = ContentFile(fichier.contenu, name=fichier.nom)

    @property
    def genre(self) -> str:
        """« PDF », « JPEG », « PNG »."""
        return self.get_type_mime_display()

    @property
    def poids(self) -> str:
        """« 340 Ko »."""
        return poids(self.taille)

    @property
    def est_image(self) -> bool:
        return TypeMime(self.type_mime).est_image

    def servir(self, request: HttpRequest, cache: str = "private, no-store") -> HttpResponseBase:
        """The file, whole or in part (one `Range`), or 304. By default no computer keeps it: it may be shared.

        Images were written by us and are shown in place; a PDF is downloaded, never run on the portal's own address.
        """
        etag = f'"{self.empreinte}"'
        reponse = get_conditional_response(request, etag=etag) or self._contenu(request, etag)
        reponse["ETag"] = etag
        reponse["Cache-Control"] = cache
        reponse["Accept-Ranges"] = "bytes"
        reponse["Content-Security-Policy"] = "default-src 'none'; sandbox"
        reponse["X-Content-Type-Options"] = "nosniff"
        return reponse

    def _contenu(self, request: HttpRequest, etag: str) -> HttpResponseBase:
        tranche = self._tranche(request, etag)
        reponse: HttpResponseBase
        if tranche is None:
            reponse = FileResponse(self.fichier.open("rb"), content_type=self.type_mime)
            reponse["Content-Length"] = self.taille
        elif tranche.start >= self.taille:
            return HttpResponse(status=416, headers={"Content-Range": f"bytes */{self.taille}"})
        else:
            with self.fichier.open("rb") as fichier:
                fichier.seek(tranche.start)
                extrait = fichier.read(len(tranche))
            reponse = HttpResponse(extrait, status=206, content_type=self.type_mime)
            reponse["Content-Range"] = f"bytes {tranche.start}-{tranche.stop - 1}/{self.taille}"
        reponse["Content-Disposition"] = content_disposition_header(not self.est_image, self.nom) or "attachment"
        return reponse

    def _tranche(self, request: HttpRequest, etag: str) -> range | None:
        """The bytes asked for (RFC 9110 §14): None for all of them, as for several ranges or a stale `If-Range`."""
        demande = UNE_TRANCHE.fullmatch(request.headers.get("Range", ""))
        if demande is None or not any(demande.groups()) or request.headers.get("If-Range", etag) != etag:
            return None
        premier, dernier = (int(borne) if borne else None for borne in demande.groups())
        if dernier is None:
            return range(premier or 0, self.taille)
        if premier is None:
            return range(max(0, self.taille - dernier), self.taille)
        return range(premier, min(dernier + 1, self.taille)) if premier <= dernier else None


def _est_ecrit(fichier: FieldFile) -> bool:
    """In the storage already. Django's own mark of it."""
    return bool(getattr(fichier, "_committed", True))


class PieceConfidentielle(PieceJointe):
    """A file that a person sent, and may tell of their health or their money: encrypted, its name too."""

    fichier = models.FileField(upload_to=chemin_secret, storage=Coffre, editable=False)
    nom = TexteChiffre("nom du fichier", max_length=120, editable=False)

    class Meta(PieceJointe.Meta):
        abstract = True

    def recevoir(self, fichier: Fichier) -> None:
        """Its fingerprint is drawn: that of the content would tell whoever has a dump which form it is."""
        super().recevoir(fichier)
        self.empreinte = secrets.token_hex(32)


class ChoixDeFichiers(forms.FileInput):
    """Several files at once; on a telephone, the camera too. static/js/fichiers.js reads these limits."""

    allow_multiple_selected = True

    def __init__(self) -> None:
        limites = {"nombre": PIECES_MAX, "poids": TAILLE_MAX, "photo": PHOTO_MAX, "envoi": ENVOI_MAX, "cote": COTE_MAX}
        attrs = {f"data-{nom}": valeur for nom, valeur in limites.items()}
        super().__init__(attrs={"accept": ",".join(ACCEPTES), "multiple": True, **attrs})


class PiecesField(forms.FileField):
    """Attachments of a form: gives a list of `Fichier`, each examined, empty when there is none."""

    def __init__(self, *, label: str = "Pièces jointes", required: bool = False, help_text: str = "") -> None:
        aide = help_text or (
            f"{PIECES_MAX} fichiers au plus\u00a0: PDF de {poids(TAILLE_MAX)} au plus, photos (JPEG, PNG, HEIC) de "
            f"{poids(PHOTO_MAX)} au plus, {poids(ENVOI_MAX)} en tout."
        )
        super().__init__(label=label, required=required, help_text=aide, widget=ChoixDeFichiers())

    def clean(self, data: list[UploadedFile] | None, initial: object = None) -> list[Fichier]:
        recus = data or []
        if self.required and not recus:
            raise ValidationError("Joignez au moins un fichier.", code="required")
        if len(recus) > PIECES_MAX:
            raise ValidationError(
                f"{PIECES_MAX} fichiers au plus\u00a0: vous en avez choisi {len(recus)}.", code="nombre"
            )
        if sum(recu.size or 0 for recu in recus) > ENVOI_MAX:
            raise ValidationError(f"{poids(ENVOI_MAX)} en tout au plus\u00a0: envoyez le reste à part.", code="envoi")
        fichiers, refus = [], []
        for recu in recus:
            try:
                fichiers.append(examiner(recu))
            except ValidationError as erreur:
                refus.append(erreur)
        if refus:
            raise ValidationError(refus)
        return fichiers
