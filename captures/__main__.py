"""`bin/captures [name…]`: make the town, walk through it, keep its pictures, all or those named. Nothing stays on."""

import io
import sys
from collections.abc import Iterable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, Response, sync_playwright

from bench.navigateur import ARGUMENTS, CHROMIUM
from captures.ville import ville_de_demonstration
from captures.vues import AGENT, PARENT, Vue

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
POIDS_MAX = 120 * 1024  # bytes
MOTS_DE_PASSE = {"nouveau": "Provisoire1"}
# Its letters are drawn, and what takes the focus as it opens has it.
POSEE = "() => document.fonts.ready.then(() => new Promise((fin) => setTimeout(fin, 250)))"
DELAI = 30_000  # ms: a busy machine is not a broken page


def principal(noms: list[str]) -> None:
    vues = [vue for vue in (*PARENT, *AGENT) if vue.nom in noms or not noms]
    with ville_de_demonstration() as adresse, sync_playwright() as playwright:
        navigateur = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        nouvelles = prendre(navigateur, adresse, vues)
        navigateur.close()
    IMAGES.mkdir(exist_ok=True)
    for ancienne in [] if noms else IMAGES.glob("*.png"):
        ancienne.unlink()
    for nom, image in nouvelles.items():
        (IMAGES / f"{nom}.png").write_bytes(image)
        sys.stdout.write(f"docs/images/{nom}.png, {len(image) // 1024} Kio\n")


def prendre(navigateur: Browser, adresse: str, vues: Iterable[Vue]) -> dict[str, bytes]:
    """Each in turn; an account comes in once, and its later pictures know what the earlier ones have read."""
    pages: dict[str, Page] = {}
    images = {}
    for vue in vues:
        page = pages.get(vue.compte) or pages.setdefault(vue.compte, entrer(navigateur, adresse, vue.compte))
        page.set_viewport_size({"width": vue.largeur, "height": vue.hauteur})
        vue.mener(page)
        page.mouse.move(0, 0)
        page.evaluate(POSEE)
        images[vue.nom] = alleger(page.screenshot(), vue.nom)
    return images


def entrer(navigateur: Browser, adresse: str, compte: str) -> Page:
    fenetre = navigateur.new_context(
        base_url=adresse, locale="fr-FR", timezone_id="Europe/Paris", color_scheme="light", reduced_motion="reduce"
    )
    fenetre.set_default_timeout(DELAI)
    page = fenetre.new_page()
    page.on("response", refuser_une_erreur)
    if compte:
        page.goto("/connexion/")
        page.locator("[name=username]").fill(compte)
        page.locator("[name=password]").fill(MOTS_DE_PASSE.get(compte, "Plombieres21"))
        page.get_by_role("button", name="Se connecter").click()
        page.wait_for_url(lambda url: "/connexion/" not in url)
    return page


def refuser_une_erreur(reponse: Response) -> None:
    """No guide shows a page that failed."""
    if reponse.status >= 400:
        raise ValueError(f"{reponse.url} répond {reponse.status}.")


def alleger(image: bytes, nom: str) -> bytes:
    """In 256 colours, which is all that our pages use or nearly."""
    legere = io.BytesIO()
    Image.open(io.BytesIO(image)).convert("RGB").quantize(256, dither=Image.Dither.NONE).save(
        legere, "PNG", optimize=True
    )
    if legere.tell() > POIDS_MAX:
        raise ValueError(f"{nom}.png pèse {legere.tell()} octets.")
    return legere.getvalue()


principal(sys.argv[1:])
