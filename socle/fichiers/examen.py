"""What the portal accepts to keep: PDF and images, recognised by their content and never by their name.

An image is opened for real and written anew, upright and without its metadata: no place, no telephone, no stowaway.
An iPhone's (HEIC) becomes a JPEG. Decoding is bounded in memory, one image at a time per process.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from pathlib import PurePosixPath
from threading import Lock

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from PIL import Image, ImageFile, UnidentifiedImageError
from pillow_heif import register_heif_opener

import francais

register_heif_opener(thumbnails=False)

TAILLE_MAX = 5 * 1024 * 1024  # bytes, of a PDF, as received
PHOTO_MAX = 15 * 1024 * 1024  # bytes, of an image: what is kept of it is smaller
PIXELS_MAX = 50_000_000  # a 48-megapixel telephone still passes; a decompression bomb does not
DECODE_MAX = 128 * 1024 * 1024  # bytes in memory; a JPEG is decoded at a fraction of its size, others whole
COTE_MAX = 3000  # pixels: a page of A4 at 250 dpi stays legible
NOM_MAX = 100
# Control characters, separators of every system, and the marks that turn « fdp.exe » into « exe.pdf ».
INTERDITS = re.compile(r"[\x00-\x1f\x7f<>:\"/\\|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class TypeMime(StrEnum):
    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"

    @property
    def extension(self) -> str:
        return {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}[self.value]

    @property
    def est_image(self) -> bool:
        return self is not TypeMime.PDF


ORIENTATION = 0x0112
# What EXIF says of how the telephone was held, and what puts it upright.
REDRESSEMENTS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# Pillow keeps four bytes a pixel but for these.
OCTETS_PAR_PIXEL = {"1": 1, "L": 1, "I;16": 2}
UNE_A_LA_FOIS = Lock()
FINS = {TypeMime.JPEG: b"\xff\xd9", TypeMime.PNG: b"IEND"}
# What says which format a file is of, though no more of it can be read.
DEBUT = re.compile(rb"\xff\xd8\xff|\x89PNG\r\n\x1a\n|.{4}ftyphe(?:ic|ix|vc|im|is)", re.DOTALL)


@dataclass(frozen=True)
class Fichier:
    """A file that may be kept: what to write, and what it is."""

    nom: str
    type_mime: TypeMime
    contenu: bytes

    @property
    def taille(self) -> int:
        """In bytes."""
        return len(self.contenu)

    @property
    def empreinte(self) -> str:
        return hashlib.sha256(self.contenu).hexdigest()


def examiner(recu: UploadedFile, taille_max: int = TAILLE_MAX) -> Fichier:
    """The file to keep. Raises ValidationError, one French sentence, on anything that is not wanted."""
    nom = recu.name or "fichier"
    _peser(nom, recu.size or 0, max(taille_max, PHOTO_MAX))
    # From its beginning: a view that PostgreSQL has undone begins again (socle.envois.unique).
    recu.seek(0)
    contenu = recu.read()
    if not contenu:
        raise ValidationError(f"«\u00a0{nom}\u00a0» est vide.", code="vide")
    if recu.size and len(contenu) < recu.size:
        # See socle.fichiers.reception: it came after too many others.
        raise ValidationError(f"«\u00a0{nom}\u00a0» n’est pas arrivé entier\u00a0: envoyez-le à part.", code="abime")
    if contenu.startswith(b"%PDF-"):
        _peser(nom, len(contenu), taille_max)
        _verifier_pdf(nom, contenu)
        type_mime = TypeMime.PDF
    else:
        type_mime, contenu = _reecrire_image(nom, contenu)
    return Fichier(nom_propre(nom, type_mime), type_mime, contenu)


def _peser(nom: str, taille: int, au_plus: int) -> None:
    if taille > au_plus:
        raise ValidationError(
            f"«\u00a0{nom}\u00a0» pèse {poids(taille)}\u00a0: {poids(au_plus)} au plus.", code="taille"
        )


def nom_propre(nom: str, type_mime: TypeMime) -> str:
    """The name that the parent gave, made harmless, with the extension of what the file really is."""
    base = PurePosixPath(nom.replace("\\", "/")).name
    tige = unicodedata.normalize("NFC", INTERDITS.sub("", PurePosixPath(base).stem)).strip(" .")
    return f"{tige[:NOM_MAX] or 'document'}.{type_mime.extension}"


def poids(taille: int) -> str:
    """« 340 Ko », « 2,4 Mo »."""
    if taille < 1024 * 1024:
        return f"{francais.nombre(max(1, round(taille / 1024)))}\u00a0Ko"
    dixiemes = round(taille * 10 / (1024 * 1024))
    entier, reste = divmod(dixiemes, 10)
    return f"{entier},{reste}\u00a0Mo" if reste else f"{entier}\u00a0Mo"


def _verifier_pdf(nom: str, contenu: bytes) -> None:
    # The standard wants the mark in the last 1,024 bytes: a download that was cut has none.
    if b"%%EOF" not in contenu[-1024:]:
        raise ValidationError(f"«\u00a0{nom}\u00a0» est un PDF incomplet ou abîmé.", code="abime")


def _reecrire_image(nom: str, contenu: bytes) -> tuple[TypeMime, bytes]:
    try:
        with UNE_A_LA_FOIS, Image.open(BytesIO(contenu), formats=["JPEG", "PNG", "HEIF"]) as image:
            return _de_nouveau(nom, image, contenu)
    except UnidentifiedImageError:
        if DEBUT.match(contenu):
            raise _abimee(nom) from None
        raise ValidationError(
            f"«\u00a0{nom}\u00a0» n’est ni un PDF, ni une image JPEG, PNG ou HEIC. "
            "Enregistrez-le sous l’un de ces formats.",
            code="type",
        ) from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _trop_grande(nom) from None
    except ValidationError:
        raise
    except Exception:  # whatever a decoder raises: the file is to blame, and what was typed is kept
        raise _abimee(nom) from None


def _de_nouveau(nom: str, image: Image.Image, contenu: bytes) -> tuple[TypeMime, bytes]:
    if image.width * image.height > PIXELS_MAX:
        raise _trop_grande(nom)
    type_mime = TypeMime.PNG if image.format == "PNG" else TypeMime.JPEG
    # Pillow would tell, if WeasyPrint had not asked it to forgive. Telephones add a film after the picture's own end.
    if image.format != "HEIF" and FINS[type_mime] not in contenu[len(contenu) // 2 :]:
        raise _abimee(nom)
    image.draft(None, (COTE_MAX, COTE_MAX))
    if image.width * image.height * OCTETS_PAR_PIXEL.get(image.mode, 4) > DECODE_MAX:
        raise _trop_grande(nom)
    if image.format == "HEIF":
        with _sans_indulgence():
            image.load()
    return type_mime, _pixels_seuls(image, type_mime)


@contextmanager
def _sans_indulgence() -> Iterator[None]:
    """WeasyPrint has asked Pillow to forgive what is missing: of a HEIC that was cut, a black page would be kept.

    Under `UNE_A_LA_FOIS`: what is asked of Pillow is asked of the whole process.
    """
    avant = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = avant


def _pixels_seuls(image: Image.Image, type_mime: TypeMime) -> bytes:
    """The picture written anew. Only the colour profile stays: without it, colours would be wrong."""
    profil, cmjn = image.info.get("icc_profile"), image.mode == "CMYK"
    redressement = REDRESSEMENTS.get(_orientation(image))
    # Reduced first: what comes after costs little.
    image.thumbnail((COTE_MAX, COTE_MAX))
    mode = "RGBA" if type_mime is TypeMime.PNG and image.has_transparency_data else "RGB"
    droite = image.convert("L" if image.mode in {"1", "L"} else mode)
    if redressement is not None:
        droite = droite.transpose(redressement)
    if droite.mode == "L" or cmjn:
        profil = None  # the profile was for colours that are no longer there
    droite.info.clear()
    sortie = BytesIO()
    if type_mime is TypeMime.PNG:
        droite.save(sortie, "PNG", icc_profile=profil)
    else:
        droite.save(sortie, "JPEG", quality=88, icc_profile=profil)
    return sortie.getvalue()


def _orientation(image: Image.Image) -> int:
    """0 where telephones wrote their EXIF wrong: their pictures are not."""
    try:
        return image.getexif().get(ORIENTATION, 0)
    except Exception:  # a reader of EXIF raises what it likes
        return 0


def _trop_grande(nom: str) -> ValidationError:
    return ValidationError(
        f"«\u00a0{nom}\u00a0» a trop de pixels\u00a0: photographiez-le en qualité normale.", code="pixels"
    )


def _abimee(nom: str) -> ValidationError:
    return ValidationError(f"«\u00a0{nom}\u00a0» est une image abîmée\u00a0: elle ne s’ouvre pas.", code="abime")
