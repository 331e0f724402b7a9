"""One colour, the town's, and all that is drawn from it: readable in light and in dark, or refused. Pure.

WCAG 2.2: a text and its ground differ by 4.5:1. The colour is a ground under white, and a text on our papers.
"""

import re
from colorsys import hls_to_rgb, rgb_to_hls

ORIGINE = "0d5c63"
LISIBLE = 4.5
BLANC = "ffffff"
# What it is written on, in light: static/css/jetons.css.
CLAIRS = (BLANC, "f3f6f1", "e9f0eb")
SOMBRES, ENCRE_SOMBRE = ("10191a", "182425", "213032"), "04282b"
PAS = 0.005  # of lightness
HEXADECIMALE = re.compile(r"[0-9a-f]{6}")


def contraste(une: str, autre: str) -> float:
    """Between 1 and 21. « 0d5c63 », without its #."""
    claire, sombre = sorted((_luminance(une), _luminance(autre)), reverse=True)
    return (claire + 0.05) / (sombre + 0.05)


def est_lisible(couleur: str) -> bool:
    return all(contraste(couleur, fond) >= LISIBLE for fond in (*CLAIRS, _melange(couleur, BLANC, 0.15)))


def la_plus_proche(couleur: str) -> str:
    """The same hue, as light as it may be."""
    teinte, clarte, vivacite = _hls(couleur)
    while not est_lisible(couleur) and clarte > 0:
        clarte -= PAS
        couleur = _hexa(teinte, max(clarte, 0), vivacite)
    return couleur


def jetons(couleur: str) -> tuple[dict[str, str], dict[str, str]]:
    """{token: colour} in light, then in dark."""
    teinte, _, vivacite = _hls(couleur)
    clair = {
        "bandeau": couleur,
        "bandeau-creux": _melange(couleur, "000000", 0.8),
        "sur-bandeau-doux": _melange(couleur, BLANC, 0.08),
        "principal": couleur,
        "principal-appuye": _melange(couleur, "000000", 0.72),
        "principal-voile": _melange(couleur, BLANC, 0.15),
        "lien": couleur,
        "anneau": couleur,
    }
    voile = _melange(couleur, SOMBRES[1], 0.35)
    vive = _eclaircir(_hexa(teinte, 0.6, min(vivacite, 0.6)), (*SOMBRES, voile))
    fond = _melange(_hexa(teinte, 0.16, min(vivacite, 0.6)), "000000", 0.9)
    sombre = {
        "bandeau": fond,
        "bandeau-creux": _melange(fond, "000000", 0.75),
        "sur-bandeau-doux": _melange(couleur, BLANC, 0.15),
        "principal": vive,
        "principal-appuye": _melange(vive, BLANC, 0.75),
        "principal-voile": voile,
        "sur-principal": ENCRE_SOMBRE,
        "lien": vive,
    }
    return clair, sombre


def feuille(couleur: str) -> str:
    """The style sheet that gives the pages that colour."""
    clair, sombre = ("".join(f"--{nom}:#{valeur};" for nom, valeur in table.items()) for table in jetons(couleur))
    return f":root{{{clair}}}\n@media (prefers-color-scheme:dark){{:root{{{sombre}}}}}\n"


def _eclaircir(couleur: str, fonds: tuple[str, ...]) -> str:
    teinte, clarte, vivacite = _hls(couleur)
    while clarte < 1 and any(contraste(couleur, fond) < LISIBLE for fond in (*fonds, ENCRE_SOMBRE)):
        clarte += PAS
        couleur = _hexa(teinte, min(clarte, 1), vivacite)
    return couleur


def _luminance(couleur: str) -> float:
    lineaires = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _rvb(couleur)]
    return sum(poids * c for poids, c in zip((0.2126, 0.7152, 0.0722), lineaires, strict=True))


def _rvb(couleur: str) -> list[float]:
    return [int(couleur[i : i + 2], 16) / 255 for i in (0, 2, 4)]


def _hls(couleur: str) -> tuple[float, float, float]:
    return rgb_to_hls(*_rvb(couleur))


def _hexa(teinte: float, clarte: float, vivacite: float) -> str:
    return "".join(f"{round(c * 255):02x}" for c in hls_to_rgb(teinte, clarte, vivacite))


def _melange(une: str, autre: str, part: float) -> str:
    """So much of the first, the rest of the other."""
    return "".join(
        f"{round(255 * (a * part + b * (1 - part))):02x}" for a, b in zip(_rvb(une), _rvb(autre), strict=True)
    )
