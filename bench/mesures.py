"""Make the town, serve it, measure each page. No test: it takes its time."""

import argparse
import sys
import time
from pathlib import Path

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.hashers import check_password
from django.core.management import call_command
from django.db import connection, connections
from django.middleware.csrf import CSRF_ALLOWED_CHARS, CSRF_SECRET_LENGTH
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.crypto import get_random_string

from bench.charge import demander
from bench.facturation import mesurer_l_argent
from bench.machine.processeur import charge, cpu, machine
from bench.machine.serveur import Service, serveur_de_production
from bench.pages import AGENTS, PAGES, REFERENCE, Page
from bench.premiere_visite import mesurer_la_premiere_visite
from bench.tableau import Banc, MesureDePage, comparer
from facturation.models import Facture
from facturation.papiers.rendu import rendre
from famille.connexion.sessions import SessionStore
from famille.models import Compte, Famille
from portail.peuplement.guide import NUMERO_DUPONT
from socle.roles.proprietaire import en_proprietaire

MOT_DE_PASSE = "Plombieres21"
# design.md §9: agents' pages are those of a larger town.
FAMILLES, FAMILLES_DES_AGENTS = 200, 5000


def principal() -> None:
    choix = _choix()
    if choix.premiere_visite:
        sys.exit(0 if mesurer_la_premiere_visite(choix.face_a) else 1)
    pages = AGENTS if choix.agents else PAGES
    preparer(choix.familles or (FAMILLES_DES_AGENTS if choix.agents else FAMILLES), choix.annees)
    banc = Banc(machine(), charge())
    mesurer(banc, pages, choix)
    if not choix.agents:
        banc.connexion = mesurer_la_connexion()
        banc.argent = mesurer_l_argent()
    banc.charge_apres = charge()
    banc.imprimer()
    if choix.contre:
        comparer(banc, choix.contre)
    if choix.json:
        banc.ecrire(choix.json)
    sys.exit(1 if banc.manquees else 0)


def _choix() -> argparse.Namespace:
    arguments = argparse.ArgumentParser(
        prog="bin/bench",
        description="Mesure les pages du portail. Sort en erreur si une cible de docs/performance.md est manquée.",
    )
    arguments.add_argument("--familles", type=int, help=f"taille de la ville ({FAMILLES}\u00a0; {FAMILLES_DES_AGENTS})")
    arguments.add_argument("--annees", type=int, default=1, help="années de réservations (1)")
    arguments.add_argument("--secondes", type=float, default=3, help="durée de chaque mesure (3)")
    arguments.add_argument("--clients", type=int, default=4, help="clients simultanés (4)")
    arguments.add_argument("--agents", action="store_true", help="les pages des agents, au lieu de celles des parents")
    arguments.add_argument("--json", type=Path, metavar="FICHIER", help="écrit aussi toutes les mesures")
    arguments.add_argument("--contre", type=Path, metavar="FICHIER", help="compare avec celles d’une autre fois")
    arguments.add_argument(
        "--premiere-visite", action="store_true", help="la page de connexion sur un réseau lent, seule"
    )
    arguments.add_argument("--face-a", metavar="ADRESSE", help="… à côté d’une autre version, servie à cette adresse")
    return arguments.parse_args()


def preparer(familles: int, annees: int) -> None:
    print(f"Ville de {familles} familles…", flush=True)
    debut = time.perf_counter()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("peupler", familles=familles, annees=annees, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    # The worker's part, for the family whose pages are measured.
    rendre(list(Facture.objects.filter(famille__numero=NUMERO_DUPONT).values_list("pk", flat=True)))
    with en_proprietaire(connection), connection.cursor() as curseur:
        curseur.execute("ANALYZE")
    print(f"… prête en {time.perf_counter() - debut:.1f} s.", flush=True)


def mesurer(banc: Banc, pages: list[Page], choix: argparse.Namespace) -> None:
    """Each page in turn, asked by the DUPONTs, or by the direction."""
    famille = Famille.objects.get(numero=NUMERO_DUPONT)
    comptes = Compte.objects.select_related("responsable")
    compte = comptes.get(identifiant="direction" if choix.agents else "dupont")
    # Both cookies that a browser has from its second page on.
    jeton = get_random_string(CSRF_SECRET_LENGTH, CSRF_ALLOWED_CHARS)
    temoin = f"{settings.SESSION_COOKIE_NAME}={ouvrir_session(compte)}; {settings.CSRF_COOKIE_NAME}={jeton}"
    chemins = {page.nom: page.adresse(famille) for page in [REFERENCE, *pages]}
    couts = {page.nom: cout(chemins[page.nom], compte) for page in [REFERENCE, *pages]}
    connections.close_all()
    with serveur_de_production() as service:
        for page in [REFERENCE, *pages]:
            banc.ajouter(page, _une(page.nom, chemins[page.nom], couts[page.nom], temoin, service, choix))


def _une(
    nom: str, chemin: str, cout: tuple[int, int], temoin: str, service: Service, choix: argparse.Namespace
) -> MesureDePage:
    sql, octets = cout
    seul = demander(service.port, chemin, [temoin], secondes=max(0.5, choix.secondes / 3), clients=1)
    avant = cpu(service.pid)
    ensemble = demander(service.port, chemin, [temoin], secondes=choix.secondes, clients=choix.clients)
    processeur = (cpu(service.pid) - avant) / ensemble.nombre * 1000
    return MesureDePage(nom, sql, octets, seul.p50, ensemble.p95, ensemble.debit, processeur)


def ouvrir_session(compte: Compte) -> str:
    """A session as a login makes it, without the password's cost."""
    session = SessionStore()
    session[SESSION_KEY] = str(compte.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = compte.get_session_auth_hash()
    session["vue"] = int(time.time())
    session.create()
    return str(session.session_key)


def cout(chemin: str, compte: Compte) -> tuple[int, int]:
    """SQL statements and bytes of a page, its session already warm."""
    client = Client()
    client.force_login(compte)
    client.get(chemin)
    with CaptureQueriesContext(connection) as requetes:
        reponse = client.get(chemin)
    return len(requetes), len(reponse.getvalue())


def mesurer_la_connexion(essais: int = 10) -> float:
    """CPU of a login, in times of the password hash alone."""
    empreinte = Compte.objects.get(identifiant="dupont").password
    client, chemin = Client(), reverse("famille:connexion")
    client.get(chemin)  # its server is made once
    connexions, empreintes = 0.0, 0.0
    for _ in range(essais):
        client.cookies.clear()
        depart = time.process_time()
        reponse = client.post(chemin, {"username": "dupont", "password": MOT_DE_PASSE})
        connexions += time.process_time() - depart
        assert reponse.status_code == 302, reponse.status_code
        depart = time.process_time()
        check_password(MOT_DE_PASSE, empreinte)
        empreintes += time.process_time() - depart
    return connexions / empreintes
