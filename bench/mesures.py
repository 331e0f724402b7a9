"""Make the town, serve it, measure each page, print the table. No test: it takes its time."""

import argparse
import sys
import time

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.management import call_command
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench.charge import Mesure, demander, resumer
from bench.facturation import mesurer_l_argent
from bench.pages import CONNEXION, PAGES, REFERENCE, Page
from bench.premiere_visite import mesurer_la_premiere_visite
from bench.serveur import serveur_de_production
from facturation.models import Facture
from facturation.papiers.rendu import rendre
from famille.connexion.sessions import SessionStore
from famille.models import Compte, Famille
from portail.peuplement.guide import NUMERO_DUPONT
from socle.roles.proprietaire import en_proprietaire

COLONNES = "{:<24}{:>12}{:>16}{:>18}{:>10}{:>18}{:>9}"


def principal() -> None:
    arguments = argparse.ArgumentParser(prog="bin/bench", description="Mesure les pages du portail.")
    arguments.add_argument("--familles", type=int, default=200, help="taille de la ville (200)")
    arguments.add_argument("--annees", type=int, default=1, help="années de réservations (1)")
    arguments.add_argument("--secondes", type=float, default=3, help="durée de chaque mesure (3)")
    arguments.add_argument("--clients", type=int, default=4, help="clients simultanés (4)")
    arguments.add_argument(
        "--premiere-visite", action="store_true", help="la page de connexion sur un réseau lent, seule"
    )
    arguments.add_argument("--face-a", metavar="ADRESSE", help="… à côté d’une autre version, servie à cette adresse")
    choix = arguments.parse_args()
    if choix.premiere_visite:
        sys.exit(0 if mesurer_la_premiere_visite(choix.face_a) else 1)
    preparer(choix.familles, choix.annees)
    comptes = list(Compte.objects.filter(responsable__isnull=False, provisoire_jusqu_au=None).order_by("pk")[:50])
    temoins = [f"{settings.SESSION_COOKIE_NAME}={ouvrir_session(compte)}" for compte in comptes]
    famille = Famille.objects.get(numero=NUMERO_DUPONT)
    couts = {page.nom: cout(page, famille) for page in PAGES}
    chemins = {page.nom: page.adresse(famille) for page in [REFERENCE, *PAGES]}
    connections.close_all()
    with serveur_de_production() as service:
        mesurer(service.port, chemins, couts, temoins, choix)
    mesurer_l_argent()


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


def ouvrir_session(compte: Compte) -> str:
    """A session as a login makes it, without the password's cost."""
    session = SessionStore()
    session[SESSION_KEY] = str(compte.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = compte.get_session_auth_hash()
    session["vue"] = int(time.time())
    session.create()
    return str(session.session_key)


def cout(page: Page, famille: Famille) -> tuple[int, int]:
    """SQL statements and bytes of HTML of a page, its session already warm."""
    client = Client()
    client.force_login(Compte.objects.get(responsable__famille=famille, responsable__role="titulaire"))
    chemin = page.adresse(famille)
    client.get(chemin)
    with CaptureQueriesContext(connection) as requetes:
        reponse = client.get(chemin)
    return len(requetes), len(reponse.getvalue())


def mesurer(port: int, chemins: dict, couts: dict, temoins: list[str], choix: argparse.Namespace) -> None:
    # The DUPONTs' own pages are asked by the DUPONTs; there may be numbers of children in the addresses.
    dupont = temoins[:1]

    def mesure(nom: str) -> Mesure:
        demander(port, chemins[nom], dupont, secondes=0.5, clients=choix.clients)
        return demander(port, chemins[nom], dupont, secondes=choix.secondes, clients=choix.clients)

    print(COLONNES.format("page", "SQL", "HTML KiB", "p50 ms", "p95 ms", "req/s", "× vide"))
    vide = mesure(REFERENCE.nom)
    print(COLONNES.format(REFERENCE.nom, "", "", f"{vide.p50:.1f}", f"{vide.p95:.1f}", f"{vide.debit:.0f}", "1,0"))
    for page in PAGES:
        sql, octets = couts[page.nom]
        seul = demander(port, chemins[page.nom], dupont, secondes=1, clients=1)
        m = mesure(page.nom)
        cible = page.cible
        print(
            COLONNES.format(
                page.nom,
                avec_cible(sql, cible.sql, "≤"),
                avec_cible(round(octets / 1024), cible.html, "≤"),
                avec_cible(round(seul.p50, 1), cible.p50, "≤"),
                f"{m.p95:.1f}",
                avec_cible(round(m.debit), cible.debit, "≥"),
                f"{vide.debit / m.debit:.1f}",
            ),
            flush=True,
        )
    connexion = mesurer_la_connexion()
    print(f"connexion (mot de passe compris) : p50 {connexion.p50:.0f} ms, cible ≤ {CONNEXION.p50} ms")
    print("p50 : un client seul ; p95 et débit : à", choix.clients, "clients. ✗ : cible manquée.")


def avec_cible(valeur: float, cible: float | None, sens: str) -> str:
    """« 6 (≤ 8) », marked if the target is missed."""
    if cible is None:
        return f"{valeur}"
    tenue = valeur <= cible if sens == "≤" else valeur >= cible
    return f"{valeur} ({sens} {cible}){'' if tenue else ' ✗'}"


def mesurer_la_connexion(essais: int = 20) -> Mesure:
    durees = []
    debut = time.perf_counter()
    for _ in range(essais):
        client = Client()
        depart = time.perf_counter()
        reponse = client.post(reverse("famille:connexion"), {"username": "dupont", "password": "Plombieres21"})
        durees.append((time.perf_counter() - depart) * 1000)
        assert reponse.status_code == 302, reponse.status_code
    return resumer(durees, time.perf_counter() - debut)
