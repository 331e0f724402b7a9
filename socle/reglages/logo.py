"""The centre’s logo: a small picture, written anew, shown by pages, held by papers. Kept with the other settings."""

from base64 import b64decode, b64encode
from hashlib import sha256
from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from PIL import Image

from socle.fichiers.examen import examiner
from socle.reglages.centre import LOGO
from socle.reglages.lecture import lire

LARGEUR_MAX, HAUTEUR_MAX = 480, 160  # pixels


def reduire(recu: UploadedFile) -> dict[str, object]:
    """What is kept of it. Raises ValidationError, one French sentence."""
    fichier = examiner(recu)
    if not fichier.type_mime.est_image:
        raise ValidationError("Un logo est une image\u00a0: PNG ou JPEG.", code="type")
    with Image.open(BytesIO(fichier.contenu)) as image:
        image.thumbnail((LARGEUR_MAX, HAUTEUR_MAX))
        sortie = BytesIO()
        image.convert("RGBA").save(sortie, "PNG", optimize=True)
    contenu = sortie.getvalue()
    return {"image": b64encode(contenu).decode(), "empreinte": sha256(contenu).hexdigest()[:16], "nom": fichier.nom}


def image(empreinte: str) -> bytes | None:
    """None if the logo is another one, now."""
    logo = lire(LOGO)
    return b64decode(str(logo["image"])) if logo and logo.get("empreinte") == empreinte else None


def dans_un_papier() -> str:
    """As an address that holds the picture; empty if there is none."""
    contenu = lire(LOGO).get("image")
    return f"data:image/png;base64,{contenu}" if contenu else ""
