"""The first visit of the login page on a slow phone network, in a real Chromium; beside another version, if one is.

bin/bench --premiere-visite --face-a http://127.0.0.1:8001/
"""

import statistics

from django.core.management import call_command
from django.db import connections
from django.urls import reverse
from playwright.sync_api import Browser, sync_playwright

from bench.machine.serveur import serveur_de_production
from bench.navigateur import ARGUMENTS, CHROMIUM, DEBIT, LATENCE, Visite, visiter

VISITES = 5
# design.md §9, and half of the time of the version that is beside.
REQUETES_MAX, KIO_MAX, RAPPORT_MAX = 8, 120, 0.5
COLONNES = "{:<32}{:>16}{:>16}{:>18}"


def mesurer_la_premiere_visite(voisine: str | None) -> bool:
    """Print it all; whether the targets are met. The two versions are visited in turn, in the same run."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    connections.close_all()
    with serveur_de_production() as port, sync_playwright() as playwright:
        adresses = [f"http://127.0.0.1:{port}", *([voisine.rstrip("/")] if voisine else [])]
        navigateur = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        visites = [[premiere_visite(navigateur, adresse) for adresse in adresses] for _ in range(VISITES)]
        navigateur.close()
    return dire([mediane(visites_d_une) for visites_d_une in zip(*visites, strict=True)], voisine)


def premiere_visite(navigateur: Browser, adresse: str) -> Visite:
    fenetre = navigateur.new_context(viewport={"width": 360, "height": 740})
    try:
        return visiter(fenetre.new_page(), adresse + reverse("famille:connexion"), lentement=True)
    finally:
        fenetre.close()


def mediane(visites: tuple[Visite, ...]) -> Visite:
    return Visite(
        statistics.median(visite.image for visite in visites),
        max(visite.requetes for visite in visites),
        max(visite.kio for visite in visites),
    )


def dire(mesures: list[Visite], voisine: str | None) -> bool:
    print(f"Première visite de la page de connexion à {DEBIT} kbit/s et {LATENCE} ms, médiane de {VISITES}")
    print(COLONNES.format("", "1re image, s", "requêtes", "Kio"))
    for nom, visite in zip(["ici", voisine], mesures, strict=False):
        print(COLONNES.format(nom or "", f"{visite.image:.2f}", f"{visite.requetes}", f"{visite.kio:.0f}"))
    ici = mesures[0]
    tenues = [ici.requetes <= REQUETES_MAX, ici.kio <= KIO_MAX]
    print(f"cibles : ≤ {REQUETES_MAX} requêtes, ≤ {KIO_MAX} Kio", end="")
    if voisine:
        rapport = ici.image / mesures[1].image
        tenues.append(rapport <= RAPPORT_MAX)
        print(f", 1re image en {rapport:.2f} fois le temps de l’autre (≤ {RAPPORT_MAX})", end="")
    print("" if all(tenues) else " ✗")
    return all(tenues)
