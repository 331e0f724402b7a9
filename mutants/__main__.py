"""`bin/mutants`: what was asked for, noun by noun; then what nobody noticed."""

import argparse
import fcntl
import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from typing import IO

from mutants.alterations import Mutant
from mutants.lots import LOTS, Lot
from mutants.page import ecrire_la_page, raisons
from mutants.registre import ETAT, RACINE, Registre, Resultat

PYTEST = (sys.executable, "-m", "pytest", "-p", "mutants.essais", "-p", "no:cacheprovider", "-p", "no:xdist")
# A forked process lets go of files that it did not open: no test is to blame.
SANS_RESTES = ("-p", "no:unraisableexception", "-p", "no:threadexception", "-W", "ignore::ResourceWarning")
OPTIONS = ("-q", "-s", "--no-header", "--no-summary", "-m", "not long")
# Seconds, for a mutant of a module's own level: all the tests of its noun, on a busy machine.
PATIENCE = 900


def principal() -> None:
    arguments = argparse.ArgumentParser(
        prog="bin/mutants", description="Change une ligne à la fois et dit celles qu’aucun essai ne remarque."
    )
    arguments.add_argument("quoi", nargs="*", help=f"noms ({', '.join(LOTS)}) ou fichiers ; tout, si rien n’est dit")
    arguments.add_argument("--minutes", type=float, default=120, help="temps donné en tout (120)")
    arguments.add_argument("--secondes", type=float, help="durée d’essais par mutant, les plus rapides d’abord (tous)")
    arguments.add_argument("--page", action="store_true", help="refait docs/mutants.md, de ce qui a été essayé")
    arguments.add_argument("--compter", action="store_true", help="n’essaie rien, dit où l’on en est")
    choix = arguments.parse_args()
    os.nice(15)
    fichiers = {quoi for quoi in choix.quoi if quoi not in LOTS}
    inconnus = fichiers - {fichier for lot in LOTS.values() for fichier in lot.modules}
    if inconnus:
        arguments.error(f"ni un nom, ni un fichier qui se mue : {', '.join(sorted(inconnus))}")
    choisis = {
        lot: {fichier for fichier in fichiers if fichier in lot.modules}
        for lot in LOTS.values()
        if lot.nom in choix.quoi or not choix.quoi or fichiers & lot.modules.keys()
    }
    if not choix.compter:
        place = prendre_la_place()
        limite = time.monotonic() + 60 * choix.minutes
        for lot, siens in choisis.items():
            essayer_les_fonctions(lot, siens, limite, choix.secondes)
        for lot, siens in choisis.items():
            essayer_les_modules(lot, siens, limite, choix.secondes)
        place.close()
    for lot, siens in choisis.items():
        dire(lot, siens)
    if choix.page:
        ecrire_la_page()


def prendre_la_place() -> IO[str]:
    """One at a time: two would write over the same database."""
    ETAT.mkdir(parents=True, exist_ok=True)
    verrou = (ETAT / "verrou").open("a")
    try:
        fcntl.flock(verrou, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        sys.exit("bin/mutants tourne déjà.")
    return verrou


def restants(lot: Lot, fichiers: set[str]) -> list[Mutant]:
    """What has not been tried yet, or not with these tests."""
    registre, pareils = Registre(lot.nom, lot.modules, lot.avec), raisons()
    return [mutant for mutant in lot.mutants(fichiers) if registre.de(mutant) is None and mutant.cle not in pareils]


def essayer_les_fonctions(lot: Lot, fichiers: set[str], limite: float, secondes: float | None) -> None:
    """One process collects the tests, and forks for each mutant. `secondes`: of tests, for each; None: all of them."""
    mutants = [mutant for mutant in restants(lot, fichiers) if mutant.debut]
    if not mutants or time.monotonic() > limite:
        return
    print(f"{lot.nom}…", flush=True)
    sources = hashlib.sha256("".join(module.source for module in lot.modules.values()).encode()).hexdigest()[:16]
    commande = {
        "lot": lot.nom,
        "modules": list(lot.modules),
        "mutants": [mutant.cle for mutant in mutants],
        "avec": lot.avec,
        "dossiers": lot.dossiers,
        "parcours": str(ETAT / f"{lot.nom}.{sources}.json"),
        "minutes": (limite - time.monotonic()) / 60,
        "secondes": secondes,
    }
    _executer(lot.dossiers, [], commande)


def essayer_les_modules(lot: Lot, fichiers: set[str], limite: float, secondes: float | None) -> None:
    """What is run once, at import: pytest starts anew for each mutant. `secondes`: if said, with the nearest tests."""
    registre = Registre(lot.nom, lot.modules, lot.avec)
    for mutant in restants(lot, fichiers):
        if not mutant.debut and time.monotonic() < limite:
            _essayer_seul(lot, registre, mutant, secondes is not None)


def _essayer_seul(lot: Lot, registre: Registre, mutant: Mutant, de_pres: bool) -> None:
    sortie = ETAT / "seul"
    sortie.unlink(missing_ok=True)
    pres = f"tests/{mutant.fichier.rpartition('/')[0]}"
    proches = [str(essai.relative_to(RACINE)) for essai in sorted((RACINE / pres).glob("test_*.py"))]
    essais = proches if de_pres and proches else lot.dossiers
    code = _executer(essais, ["-x"], {"seul": mutant.cle, "pres": pres, "sortie": str(sortie)})
    vu = {0: None, None: "délai"}.get(code, sortie.read_text() if sortie.exists() else "import")
    if vu == "import" and _executer(essais, ["--collect-only"], {"pres": pres}):
        print(f"  ces essais ne se lisent pas, sans rien changer : {pres}", flush=True)
        return
    registre.noter(mutant, Resultat(vu, -1, time.strftime("%Y-%m-%d")))
    if not vu:
        print(f"  ✗ {mutant.cle}", flush=True)


def _executer(essais: Sequence[str], options: list[str], commande: dict) -> int | None:
    """The code of pytest; None: it did not end in time."""
    muet = None if "modules" in commande else subprocess.DEVNULL
    environnement = os.environ | {"MUTANTS": json.dumps(commande)}
    try:
        return subprocess.run(
            [*PYTEST, *SANS_RESTES, *OPTIONS, *options, *essais],
            cwd=RACINE, env=environnement, stdout=muet, stderr=muet, timeout=None if muet is None else PATIENCE,
            check=False,
        ).returncode  # fmt: skip
    except subprocess.TimeoutExpired:
        return None


def dire(lot: Lot, fichiers: set[str]) -> None:
    registre, pareils = Registre(lot.nom, lot.modules, lot.avec), raisons()
    mutants = list(lot.mutants(fichiers))
    resultats = {mutant.cle: registre.de(mutant) for mutant in mutants}
    restent = [cle for cle, resultat in resultats.items() if resultat and not resultat.vu and cle not in pareils]
    vus = sum(1 for resultat in resultats.values() if resultat and resultat.vu)
    egaux = sum(1 for cle in resultats if cle in pareils)
    jamais = len(mutants) - vus - egaux - len(restent)
    print(f"{lot.nom} : {len(mutants)} mutants, {vus} remarqués, {egaux} pareils, {len(restent)} restent", end="")
    print(f", {jamais} pas encore essayés" if jamais else "", flush=True)
    for cle in restent:
        print(f"  ✗ {cle}")
    for cle in pareils.keys() - {mutant.cle for mutant in lot.mutants(set())}:
        if cle.split("::")[0] in lot.modules:
            print(f"  ? ne change plus rien, à ôter de pareils.toml : {cle}")


if __name__ == "__main__":
    principal()
