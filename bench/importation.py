"""`bin/bench --importation`: a file of so many familles, tried, imported, then again; and a list of so many rows that
leaves. In a town of its own; all that is imported is undone."""

import argparse
import resource
import sys
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

from django.core.management import call_command
from django.db import connection, transaction

from bench.facturation import dire
from bench.machine.processeur import charge, machine
from famille.models import Compte, Ecole
from planning.models import Prestation
from portail.importation.bilan import Bilan
from portail.importation.importation import Importation
from portail.importation.lecture.correspondance import deviner
from portail.importation.lecture.fichier import lire
from socle.exports import classeur, separe
from socle.exports.feuille import Feuille, Valeur

T = TypeVar("T")
FAMILLES, LIGNES = 5000, 100_000
CIBLE = 30.0  # seconds, for 5,000 familles
TITRES = (
    *("Référence famille", "Titulaire civilité", "Titulaire nom", "Titulaire prénom", "Titulaire adresse"),
    *("Titulaire code postal", "Titulaire ville", "Titulaire mobile", "Titulaire e-mail", "Conjoint nom"),
    *("Conjoint prénom", "N° allocataire", "QF", "QF depuis le", "Référence enfant", "Enfant nom", "Enfant prénom"),
    *("Date de naissance", "École", "Classe", "Prestation 1", "Inscrit du 1", "Inscrit au 1", "Jours 1"),
    *("Prestation 2", "Inscrit du 2", "Inscrit au 2", "Jours 2"),
)


def principal() -> None:
    choix = _choix()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("peupler", familles=20, verbosity=0)
    print(", ".join(f"{quoi} {dit}" for quoi, dit in machine().items()), f"charge {charge():.1f}", flush=True)
    octets = "".join(separe.ecrire(Feuille("Familles", TITRES, _enfants(choix.familles)))).encode()
    tenue = importer(octets, choix.familles)
    exporter(choix.lignes)
    sys.exit(0 if tenue else 1)


def importer(octets: bytes, familles: int) -> bool:
    """Whether each of the three holds its target."""
    table = lire(octets)
    importation = Importation(table, deviner(table.entetes), "bench.csv", Compte.objects.get(identifiant="direction"))
    cible = max(1.0, CIBLE * familles / FAMILLES)
    with transaction.atomic():
        essai, bilan = _chronometrer(importation.essayer)
        _exiger(bilan.est_possible, bilan)
        ecriture, bilan = _chronometrer(importation.faire)
        _exiger(bilan.fait, bilan)
        with connection.cursor() as curseur:
            curseur.execute("SET CONSTRAINTS ALL IMMEDIATE")
        encore, bilan = _chronometrer(importation.faire)
        _exiger(bilan.ne_change_rien, bilan)
        transaction.set_rollback(True)
    print(
        f"importation : {familles} familles, {len(table.lignes)} enfants : aperçu {dire(essai, cible)}, "
        f"écriture {dire(ecriture, cible)}, le même fichier encore {dire(encore, cible)}",
        flush=True,
    )
    return max(essai, ecriture, encore) <= cible


def exporter(lignes: int) -> None:
    """Made of nothing: what is measured is the writing, and that memory does not grow with it."""
    avant = _memoire()
    duree, octets = _chronometrer(lambda: sum(map(len, separe.ecrire(_liste(lignes)))))
    print(f"export CSV : {lignes} lignes en {duree:.1f} s, {octets >> 20} Mio, mémoire +{_memoire() - avant} Mio")
    avant = _memoire()
    duree, fichier = _chronometrer(lambda: classeur.ecrire(_liste(lignes)))
    taille = fichier.getbuffer().nbytes >> 20
    print(f"export XLSX : {lignes} lignes en {duree:.1f} s, {taille} Mio, mémoire +{_memoire() - avant} Mio")


def _liste(lignes: int) -> Feuille:
    rangees: Iterator[list[Valeur]]
    rangees = ([f"DURAND {n}", n, *(f"cellule {n} {rang}" for rang in range(8))] for n in range(lignes))
    return Feuille("Essai", [f"Colonne {rang}" for rang in range(10)], rangees)


def _enfants(familles: int) -> Iterator[list[str]]:
    """Eight familles in ten have two children; each child, two inscriptions."""
    ecoles = list(Ecole.objects.values_list("nom", flat=True))
    une, autre = ((p.en_choix, p.places) for p in _deux_prestations())
    for n in range(familles):
        foyer = [f"F-{n}", "Mme", f"Durand {_lettres(n)}", "Anne", f"{n % 80} rue des Lilas", "31400", "Saint-Jean"]
        foyer += [f"06{10_000_000 + n}", f"parent{n}@example.org", "Durand", "Jean", str(1_000_000 + n)]
        foyer += [str(200 + n % 2000), "01/09/2026"]
        for rang in range(1 if n % 5 == 0 else 2):
            enfant = [f"E-{n}-{rang}", "Durand", f"Léa {_lettres(n)} {_lettres(rang)}", "03/06/2018"]
            inscriptions = [une[0], "01/09/2027", "03/07/2028", "lundi, jeudi" if une[1] is None else ""]
            inscriptions += [autre[0], "01/09/2027", "03/07/2028", "mardi" if autre[1] is None else ""]
            yield [*foyer, *enfant, ecoles[n % len(ecoles)], "CE1", *inscriptions]


def _deux_prestations() -> list[Prestation]:
    """Those without a number of places first: their patterns are for as many children as one likes."""
    toutes = Prestation.objects.actives().select_related("structure")
    return sorted(toutes, key=lambda prestation: (prestation.places is not None, prestation.pk))[:2]


def _lettres(n: int) -> str:
    """Names have no digits."""
    return "".join(chr(ord("a") + int(chiffre)) for chiffre in str(n))


def _chronometrer(agir: Callable[[], T]) -> tuple[float, T]:
    debut = time.perf_counter()
    rendu = agir()
    return time.perf_counter() - debut, rendu


def _exiger(vrai: bool, bilan: Bilan) -> None:
    if not vrai:
        sys.exit("\n".join(map(str, [*bilan.fautes[:5], *bilan.nombres])))


def _memoire() -> int:
    """The most that this process has taken so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10


def _choix() -> argparse.Namespace:
    arguments = argparse.ArgumentParser(prog="bin/bench --importation")
    arguments.add_argument("--importation", action="store_true")
    arguments.add_argument("--familles", type=int, default=FAMILLES)
    arguments.add_argument("--lignes", type=int, default=LIGNES, help="d’une liste exportée")
    return arguments.parse_args()
