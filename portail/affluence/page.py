"""What who waits is shown: drawn once for a centre, whole in itself, so that nothing else is asked for."""

import re
from base64 import b64encode
from functools import lru_cache
from hashlib import sha256
from math import ceil

from django.http import HttpResponse
from django.template.loader import render_to_string

import francais
from portail.context_processors import coordonnees
from socle.reglages.centre import Centre, Commune
from socle.reglages.lecture import dernieres

DEVANT, DUREE, PAUSE = "@devant@", "@duree@", "@pause@"
PAUSES = (3, 20)  # seconds: who is near the door comes back soon
STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


def attendre(numero: int, devant: int, secondes: float) -> HttpResponse:
    """Neither session nor query: the centre is what this process knows of it. `secondes`: how long it should last."""
    pause = min(max(ceil(secondes / 2), PAUSES[0]), PAUSES[1])
    # Not all at once: a crowd that was answered together would come back together, then leave the server idle.
    pause += numero % (2 + pause // 2)
    texte, politique = _modele(*coordonnees(dernieres).values())
    texte = texte.replace(DEVANT, francais.pluriel(devant, "personne")).replace(PAUSE, str(pause))
    reponse = HttpResponse(texte.replace(DUREE, duree(secondes)), status=503)
    reponse["Retry-After"] = str(pause)
    reponse["Cache-Control"] = "no-store"
    reponse["Content-Security-Policy"] = politique
    reponse["X-Frame-Options"] = "DENY"
    reponse._has_been_logged = True  # type: ignore[attr-defined]  # not an error for each of those who wait
    return reponse


def duree(secondes: float) -> str:
    minutes = ceil(secondes / 60)
    return "moins d’une minute" if minutes <= 1 else f"environ {minutes}\u00a0minutes"


@lru_cache(maxsize=1)
def _modele(centre: Centre | Commune, commune: Centre | Commune) -> tuple[str, str]:
    """The page, and the policy that allows its own style and nothing else."""
    contexte = {"centre": centre, "commune": commune, "devant": DEVANT, "duree": DUREE, "pause": PAUSE}
    texte = render_to_string("secours/affluence.html", contexte)
    empreintes = [b64encode(sha256(style.encode()).digest()).decode() for style in STYLE.findall(texte)]
    styles = " ".join(f"'sha256-{empreinte}'" for empreinte in empreintes)
    return texte, f"default-src 'none'; style-src {styles}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
