"""Make both towns, serve both, ask each page of one then of the other, in turns: what slows the machine slows both."""

import argparse
import sys
import time
from contextlib import ExitStack
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connections

from bench.charge import demander
from bench.croissance.lectures import Lectures, index_jamais_lus, lues_la_nuit, lues_par, remettre_a_zero
from bench.croissance.tableau import Cout, Croissance, PageDesDeuxVilles
from bench.croissance.villes import FAMILLES, GRANDE, PETITE, agrandir, analyser, dans, fonder, installer, recopier
from bench.machine.processeur import charge, cpu, machine
from bench.machine.serveur import Service, serveur_de_production
from bench.mesures import ouvrir_session
from bench.pages import AGENTS, PAGES, Page
from facturation.models import Facture
from facturation.papiers.rendu import rendre
from famille.models import Compte, Famille
from portail.peuplement.guide import NUMERO_DUPONT

VILLES = (PETITE, GRANDE)
# Milliseconds: what is measured once, what no client waits for.
LENTE, SANS_REPONSE = 2000, 30_000.0


def principal() -> None:
    choix = _choix()
    fois = max(1, round(choix.familles / FAMILLES))
    installer()
    if not choix.garder:
        batir(fois, choix.annees)
    croissance = Croissance(machine(), charge(), (FAMILLES, fois * FAMILLES), choix.annees)
    pages = [(page, "dupont") for page in PAGES] + [(page, "direction") for page in AGENTS]
    mesurer(croissance, pages, choix)
    with dans(GRANDE):
        croissance.nuit, croissance.jamais_lus = lues_la_nuit(), index_jamais_lus()
    croissance.charge_apres = charge()
    croissance.imprimer()
    if choix.json:
        croissance.ecrire(choix.json)
    sys.exit(1 if croissance.manquees else 0)


def _choix() -> argparse.Namespace:
    arguments = argparse.ArgumentParser(
        prog="bin/bench --croissance",
        description="Mesure chaque page dans une petite ville et dans une grande. Sort en erreur si l’une ralentit.",
    )
    arguments.add_argument("--croissance", action="store_true")
    arguments.add_argument("--familles", type=int, default=20_000, help="taille de la grande ville (20000)")
    arguments.add_argument("--annees", type=int, default=5, help="années de son histoire (5)")
    arguments.add_argument("--secondes", type=float, default=1, help="durée de chaque mesure (1)")
    arguments.add_argument("--tours", type=int, default=3, help="mesures de chaque page, dont la meilleure reste (3)")
    arguments.add_argument("--garder", action="store_true", help="reprend les deux villes de la dernière fois")
    arguments.add_argument("--json", type=Path, metavar="FICHIER", help="écrit aussi toutes les mesures")
    return arguments.parse_args()


def batir(fois: int, annees: int) -> None:
    debut = time.perf_counter()
    print(f"Villes de {FAMILLES} et de {FAMILLES * fois} familles…", flush=True)
    fonder()
    call_command("collectstatic", interactive=False, verbosity=0)
    # The worker's part, for the family whose pages are measured.
    rendre(list(Facture.objects.filter(famille__numero=NUMERO_DUPONT).values_list("pk", flat=True)))
    recopier()
    analyser()
    with dans(GRANDE):
        agrandir(fois, annees)
        analyser()
    print(f"… prêtes en {time.perf_counter() - debut:.0f} s.", flush=True)


def mesurer(croissance: Croissance, pages: list[tuple[Page, str]], choix: argparse.Namespace) -> None:
    """What each page reads, then what it costs."""
    lues, acces = {}, {}
    for ville in VILLES:
        with dans(ville):
            remettre_a_zero()
            famille = Famille.objects.get(numero=NUMERO_DUPONT)
            chemins = {page.nom: page.adresse(famille) for page, _ in pages}
            remettre_a_zero()  # what chose the pages is not theirs
            lues[ville], acces[ville] = _lire(chemins, {page.nom: qui for page, qui in pages})
    postgresql = int((Path(settings.DATABASES["default"]["PGDATA"]) / "postmaster.pid").read_text().split()[0])
    connections.close_all()
    with ExitStack() as ouverts:
        services = {ville: ouverts.enter_context(serveur_de_production(1, base=ville)) for ville in VILLES}
        for page, _ in pages:
            couts: dict[str, list[Cout]] = {ville: [] for ville in VILLES}
            for _tour in range(choix.tours):
                for ville in VILLES:
                    couts[ville].append(_demander(services[ville], *acces[ville][page.nom], postgresql, choix.secondes))
                if couts[GRANDE][-1].p50 > LENTE:
                    break
            petite, grande = (_meilleur(couts[ville]) for ville in VILLES)
            lignes = (lues[ville][page.nom] for ville in VILLES)
            croissance.pages.append(PageDesDeuxVilles(page.nom, petite, grande, *lignes))


def _lire(chemins: dict[str, str], qui: dict[str, str]) -> tuple[dict[str, Lectures], dict[str, tuple[str, str]]]:
    """{page: what it reads}, {page: its address, the cookie of who asks for it}."""
    comptes = {
        compte.identifiant: compte
        for compte in Compte.objects.select_related("responsable").filter(identifiant__in=set(qui.values()))
    }
    temoins = {nom: f"{settings.SESSION_COOKIE_NAME}={ouvrir_session(compte)}" for nom, compte in comptes.items()}
    lues = {nom: lues_par(chemin, comptes[qui[nom]]) for nom, chemin in chemins.items()}
    return lues, {nom: (chemin, temoins[qui[nom]]) for nom, chemin in chemins.items()}


def _demander(service: Service, chemin: str, temoin: str, postgresql: int, secondes: float) -> Cout:
    try:
        demander(service.port, chemin, [temoin], secondes=max(1, secondes / 2), clients=1)  # warm
        avant, avant_pg = cpu(service.pid), cpu(postgresql)
        mesure = demander(service.port, chemin, [temoin], secondes=secondes, clients=1)
    except TimeoutError:
        return Cout(SANS_REPONSE, SANS_REPONSE, SANS_REPONSE)
    web, pg = cpu(service.pid) - avant, cpu(postgresql) - avant_pg
    return Cout(web / mesure.nombre * 1000, pg / mesure.nombre * 1000, mesure.p50)


def _meilleur(couts: list[Cout]) -> Cout:
    """Of each unit, the least: the others have met what else the machine did."""
    return Cout(min(c.web for c in couts), min(c.postgresql for c in couts), min(c.p50 for c in couts))
