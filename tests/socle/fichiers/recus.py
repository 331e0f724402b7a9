"""Files as parents send them, well made or not."""

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from socle.fichiers.examen import examiner

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
GPS, ORIENTATION = 0x8825, 0x0112


def televerse(nom: str, contenu: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(nom, contenu)


def image(format_: str = "JPEG", taille: tuple[int, int] = (60, 40), **options) -> bytes:
    sortie = BytesIO()
    Image.new("RGB", taille, "teal").save(sortie, format_, **options)
    return sortie.getvalue()


def photo_geolocalisee() -> bytes:
    """A telephone's picture, lying on its side, that says where it was taken."""
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif.get_ifd(GPS)[1] = "N"
    exif.get_ifd(GPS)[2] = (43.0, 36.0, 16.0)
    return image(exif=exif)


def refus(recu: SimpleUploadedFile) -> str:
    with pytest.raises(ValidationError) as erreur:
        examiner(recu)
    return erreur.value.messages[0]
