"""Opening day: N parents ask for the same hundred places, and arrive whether or not the others are answered.

Said at the end: what each step took, what each parent got, what the database holds, who used the processor.
"""

import argparse
import json
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection, connections

from bench.machine.processeur import charge, cpu, machine
from bench.machine.serveur import serveur_de_production
from bench.ouverture.ville import PLACES, Ouverture, effacer, preparer
from portail.management.commands.peupler import MOT_DE_PASSE

# In the order in which a parent meets them. The first three are before « once logged in ».
PORTE = ("salle d’attente", "page de connexion", "connexion", "connexion à refaire")
PAGES = ("accueil", "mes enfants", "mois", "formulaire", "demande", "accusé")
P95_MAX = 2.0  # seconds, design.md §9
REFLEXION = 1.0  # seconds between two pages, on average
LIGNE = "{:<22}{:>9}{:>10}{:>10}{:>10}{:>10}"


def principal() -> None:
    arguments = argparse.ArgumentParser(prog="bin/bench --ouverture", description="Joue un jour d’ouverture.")
    arguments.add_argument("--ouverture", action="store_true")
    arguments.add_argument("--parents", type=int, default=2500, help="combien viennent (2500)")
    arguments.add_argument("--secondes", type=float, default=120, help="en combien de temps ils arrivent (120)")
    arguments.add_argument("--travailleurs", type=int, default=2, help="processus de gunicorn (2)")
    arguments.add_argument("--json", type=Path, metavar="FICHIER", help="écrit aussi toutes les mesures")
    choix = arguments.parse_args()
    effacer(Path(settings.ETAT))
    print(f"Ville de {choix.parents} familles…", flush=True)
    resultat = jouer(preparer(choix.parents), choix)
    imprimer(resultat)
    if choix.json:
        choix.json.write_text(json.dumps(resultat, ensure_ascii=False, indent=1))
    sys.exit(1 if resultat["manquees"] else 0)


def jouer(ouverture: Ouverture, choix: argparse.Namespace) -> dict:
    """All that was measured, and the targets that were missed."""
    resultat: dict = {"machine": machine(), "charge_avant": charge()}
    postgresql = int((Path(settings.DATABASES["default"]["PGDATA"]) / "postmaster.pid").read_text().split()[0])
    connections.close_all()
    with serveur_de_production(choix.travailleurs) as service, _ouvrier() as ouvrier:
        pids = {"web": service.pid, "postgresql": postgresql, "ouvrier": ouvrier}
        avant = {nom: cpu(pid) for nom, pid in pids.items()}
        releve, client = _parents(ouverture, service.port, choix)
        apres = {nom: cpu(pid) for nom, pid in pids.items()}
    vendues = ouverture.vendues()
    connection.close()
    releve["cpu"] = {nom: apres[nom] - avant[nom] for nom in pids} | {"parents": client}
    resultat |= {
        "parents": choix.parents,
        "secondes": choix.secondes,
        "travailleurs": choix.travailleurs,
        "vendues": len(vendues),
        "sans_ligne": sorted(set(releve["obtenues"]) - set(vendues)),
        "sans_reponse": sorted(set(vendues) - set(releve["obtenues"])),
        "charge_apres": charge(),
        **releve,
        "durees": {etape: resume(mesures) for etape, mesures in releve["durees"].items()},
        "attentes": resume(releve["attentes"]),
    }
    resultat["debit"] = sum(un["nombre"] for un in resultat["durees"].values()) / resultat["duree"]
    resultat["manquees"] = manquees(resultat)
    return resultat


@contextmanager
def _ouvrier() -> Iterator[int]:
    """What a request leaves to be done, e-mails first, is done meanwhile."""
    commande = [sys.executable, "manage.py", "db_worker"]
    processus = subprocess.Popen(commande, stderr=subprocess.DEVNULL)
    try:
        yield processus.pid
    finally:
        processus.terminate()
        processus.wait(60)


def _parents(ouverture: Ouverture, port: int, choix: argparse.Namespace) -> tuple[dict, float]:
    """What they have seen, and the seconds of CPU that playing them took."""
    consigne = {
        "port": port,
        "secondes": choix.secondes,
        "mot_de_passe": MOT_DE_PASSE,
        "mois": f"{ouverture.jour.year}/{ouverture.jour.month:02}",
        "reflexion": REFLEXION,
        "graine": 13,
        "parents": ouverture.parents,
    }
    joues = subprocess.run(
        [sys.executable, "-m", "bench.ouverture.parents"],
        input=json.dumps(consigne),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    releve = json.loads(joues.stdout)
    return releve, releve.pop("cpu")


def resume(mesures: list[float]) -> dict[str, float]:
    """How many, and in seconds the middle one, the one that 5 % exceed, the longest."""
    if not mesures:
        return {"nombre": 0, "p50": 0, "p95": 0, "max": 0}
    centiles = statistics.quantiles(mesures, n=20, method="inclusive") if len(mesures) > 1 else mesures * 19
    return {"nombre": len(mesures), "p50": statistics.median(mesures), "p95": centiles[18], "max": max(mesures)}


def manquees(resultat: dict) -> list[str]:
    """The targets of design.md §9 that are missed, each in a sentence."""
    dites = [
        f"{etape} : p95 de {resultat['durees'][etape]['p95']:.1f} s, cible {P95_MAX:.0f} s"
        for etape in PAGES
        if etape in resultat["durees"] and resultat["durees"][etape]["p95"] >= P95_MAX
    ]
    if perdues := sum(resultat["perdues"].values()):
        dites.append(f"{perdues} parents sans réponse ou en erreur")
    if resultat["vendues"] > PLACES:
        dites.append(f"{resultat['vendues']} places vendues pour {PLACES}")
    if resultat["vendues"] < min(PLACES, resultat["parents"]):
        dites.append(f"{resultat['vendues']} places vendues seulement")
    if resultat["sans_ligne"]:
        dites.append(f"{len(resultat['sans_ligne'])} demandes obtenues sans leur réservation")
    return dites


def imprimer(r: dict) -> None:
    ou = r["machine"]
    print(
        f"{ou['processeur']}, {ou['coeurs']} cœurs, Python {ou['python']}, PostgreSQL {ou['postgresql']} ; "
        f"charge {r['charge_avant']:.1f} avant, {r['charge_apres']:.1f} après."
    )
    venus = f"{r['parents']} parents en {r['secondes']:.0f} s"
    print(f"{venus} ; tous servis en {r['duree']:.0f} s ; {r['debit']:.0f} req/s.")
    print(LIGNE.format("étape", "nombre", "p50 s", "p95 s", "max s", "req/s"))
    for etape in (*PORTE, *PAGES):
        if un := r["durees"].get(etape):
            temps = (f"{un[nom]:.2f}" for nom in ("p50", "p95", "max"))
            print(LIGNE.format(etape, un["nombre"], *temps, f"{un['nombre'] / r['duree']:.1f}"))
    if (un := r["attentes"])["nombre"]:
        print(f"Ont attendu : {un['nombre']}, p50 {un['p50']:.0f} s, p95 {un['p95']:.0f} s, max {un['max']:.0f} s.")
    print(f"Obtenues : {len(r['obtenues'])} ; places vendues, dans la base : {r['vendues']} pour {PLACES}.")
    _imprimer_les_comptes("Refusées", r["refusees"])
    _imprimer_les_comptes("Perdues", r["perdues"])
    total = sum(r["cpu"].values())
    parts = ", ".join(f"{nom} {secondes:.1f} s ({secondes / total:.0%})" for nom, secondes in r["cpu"].items())
    print(f"Processeur : {parts} ; {total / r['duree'] / ou['coeurs']:.0%} de la machine.")
    for manquee in r["manquees"]:
        print(f"✗ {manquee}")


def _imprimer_les_comptes(titre: str, comptes: dict[str, int]) -> None:
    print(f"{titre} : {sum(comptes.values())}")
    for phrase, nombre in sorted(comptes.items(), key=lambda paire: -paire[1])[:8]:
        print(f"  {nombre} × {phrase}")
