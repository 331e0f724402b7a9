"""A plugin of pytest: the tests of a noun are collected once, then run in a process forked for each mutant.

First all of them, unchanged, with witnesses: who runs which line, how long it takes. Then, for each mutant, those that
run its line, the quickest first, until one fails. The database is made once, before the forks; what a child
that was ended left there is then taken away.
"""

import ast
import builtins
import functools
import gc
import json
import logging
import os
import time
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from importlib import import_module
from pathlib import Path

import hypothesis
import pytest
from django.db import connection, connections
from django.test import TransactionTestCase
from pytest_django.plugin import blocking_manager_key

from mutants.alterations import SANS_TRANSACTION, Module, Mutant
from mutants.fils import DELAI, MORT, en_fils
from mutants.greffe import Temoins, fonctions_vivantes, greffer, importer_mue, oter_la_transaction
from mutants.registre import ETAT, RACINE, Registre, Resultat, empreinte_des_fichiers

# {"lot", "modules", "mutants", "avec", "dossiers", "parcours", "minutes", "secondes"}; or, for one of a module's own
# level, {"seul", "pres", "sortie"}.
COMMANDE = json.loads(os.environ.get("MUTANTS", "{}"))
PATIENCE = 30  # seconds, beyond three times what the tests take unchanged
PRES = 20  # a test of the module itself comes before another one that is up to twenty times quicker


if cle := COMMANDE.get("seul"):
    # At a module's own level: changed before anything imports it, hence nothing of ours is above.
    seul = Module(RACINE, cle.split("::")[0])
    importer_mue(seul.muer(cle), seul.chemin)


def pytest_configure() -> None:
    # The same examples at each run, none kept from one mutant to the next; a failure need not be small.
    hypothesis.settings.register_profile(
        "mutants",
        deadline=None,
        derandomize=True,
        database=None,
        phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    hypothesis.settings.load_profile("mutants")


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool | None:
    if session.testsfailed:
        return None
    if COMMANDE.get("modules"):
        Atelier(session).travailler()
        return True
    # A mutant of a module's own level: the nearest tests first, in this process.
    session.items.sort(key=lambda item: not item.nodeid.startswith(COMMANDE["pres"]))
    return None


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.failed and "seul" in COMMANDE:
        Path(COMMANDE["sortie"]).write_text(report.nodeid)


class Atelier:
    """The tests of a noun, and the mutants that they are to notice."""

    def __init__(self, session: pytest.Session) -> None:
        self.session = session
        # What the tests' own processes freeze is not said to exist.
        gc.unfreeze()
        self.modules = {fichier: Module(RACINE, fichier) for fichier in COMMANDE["modules"]}
        for fichier in self.modules:
            import_module(fichier.removesuffix(".py").removesuffix("/__init__").replace("/", "."))
        self.vivantes = fonctions_vivantes(module.chemin for module in self.modules.values())
        self.items = {item.nodeid: item for item in session.items}
        preparee = import_module("socle.requetes.preparee").Preparee
        self.caches, self.preparees = self._caches(), [o for o in gc.get_objects() if type(o) is preparee]
        self._preparer_la_base()

    def _preparer_la_base(self) -> None:
        """The fixtures of the session, made by a first test that asks for them; and then nobody is connected."""
        items = [item for item in self.session.items if isinstance(item, pytest.Function)]
        avec = [item for item in items if item.get_closest_marker("django_db") or "db" in item.fixturenames]
        for premier in avec[:1]:
            with self._base_permise():
                self._chasser_les_autres()
            premier.config.hook.pytest_runtest_protocol(item=premier, nextitem=_Apres(self.session))
            connections.close_all()

    def _base_permise(self) -> AbstractContextManager[None]:
        return self.session.config.stash[blocking_manager_key].unblock()

    def travailler(self) -> None:
        limite = time.monotonic() + 60 * COMMANDE["minutes"]
        parcours = self._parcours()
        registre = Registre(COMMANDE["lot"], self.modules, COMMANDE["avec"])
        self._chauffer(parcours)
        # What is here stays: a child that went through it all to find what to free would copy it all.
        gc.collect()
        gc.freeze()
        for cle in COMMANDE["mutants"]:
            if time.monotonic() > limite:
                return
            module = self.modules[cle.split("::")[0]]
            resultat = self._essayer(module, module.endroits[cle].mutant, parcours)
            registre.noter(module.endroits[cle].mutant, resultat)
            if not resultat.vu:
                print(f"  ✗ {cle}", flush=True)

    def _chauffer(self, parcours: dict[str, dict]) -> None:
        """One test of each file, here: templates, addresses and queries are compiled once, for all the children."""
        par_fichier: dict[Path, pytest.Item] = {}
        # That which runs the most lines, but those that commit.
        for nom in sorted(parcours, key=lambda nom: len(parcours[nom]["lignes"])):
            item = self.items[nom]
            marque = item.get_closest_marker("django_db")
            if "transactional_db" not in getattr(item, "fixturenames", ()) and not (marque and marque.kwargs):
                par_fichier[item.path] = item
        suite = [*par_fichier.values()]
        logging.disable()
        for item, suivant in zip(suite, [*suite[1:], _Apres(self.session)], strict=True):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=suivant)
        logging.disable(logging.NOTSET)
        connections.close_all()

    def _essayer(self, module: Module, mutant: Mutant, parcours: dict[str, dict]) -> Resultat:
        ligne = f"{module.fichier}:{mutant.ligne}"
        durees = {nom: une["s"] for nom, une in parcours.items() if ligne in une["lignes"]}
        durees = _les_plus_rapides(durees, module, COMMANDE.get("secondes"))

        def juger(dire: Callable[[str], object]) -> None:
            greffer(module.muer(mutant.cle), module.chemin, self.vivantes, mutant.debut)
            if mutant.apres == SANS_TRANSACTION:
                oter_la_transaction(module.chemin, mutant.debut)
            self._oublier()
            self._jouer(list(durees), dire)

        vu = en_fils(juger, PATIENCE + 3 * sum(durees.values())) if durees else None
        if vu in {DELAI, MORT}:
            en_fils(self._nettoyer, PATIENCE)
        return Resultat(vu, len(durees), time.strftime("%Y-%m-%d"))

    def _jouer(self, noms: list[str], dire: Callable[[str], object]) -> None:
        """In the child: the tests one after the other, up to the first that fails."""
        oreille = _Oreille()
        self.session.config.pluginmanager.register(oreille)
        items = [self.items[nom] for nom in noms]
        for item, suivant in zip(items, [*items[1:], _Apres(self.session)], strict=True):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=suivant)
            if oreille.echecs:
                dire(oreille.echecs[0])
                return

    def _nettoyer(self, dire: Callable[[str], object]) -> None:
        with self._base_permise():
            self._chasser_les_autres()
            TransactionTestCase._fixture_teardown(None)  # type: ignore[attr-defined]

    def _chasser_les_autres(self) -> None:
        """Whoever was ended while waiting for a lock still holds the database of the tests."""
        roles = import_module("socle.roles.proprietaire")
        with roles.en_proprietaire(connection), connection._nodb_cursor() as curseur:
            base = connection.creation._get_test_db_name()  # type: ignore[attr-defined]
            curseur.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [base])

    def _parcours(self) -> dict[str, dict]:
        """By test: the seconds that it takes, the lines that it runs. Kept as long as the test reads the same."""
        garde = Path(COMMANDE["parcours"])
        connus = json.loads(garde.read_text()) if garde.exists() else {}
        etats = _etats_des_essais(self.items.values(), COMMANDE["dossiers"])
        gardes = {nom: une for nom, une in connus.items() if une["de"] == etats.get(nom)}
        if a_voir := [item for nom, item in self.items.items() if nom not in gardes]:
            print(f"  {len(a_voir)} essais, d’abord sans rien changer…", flush=True)
            dit = en_fils(lambda dire: self._observer(a_voir, dire), 3600) or ""
            if not dit.startswith("{"):
                raise pytest.UsageError(f"Les essais ne vont pas à leur fin : {dit}.")
            gardes |= {nom: une | {"de": etats[nom]} for nom, une in json.loads(dit).items()}
            garde.write_text(json.dumps(gardes))
        for nom in self.items.keys() - gardes.keys():
            print(f"  laissé de côté, il ne passe pas : {nom}", flush=True)
        return gardes

    def _observer(self, items: list[pytest.Item], dire: Callable[[str], object]) -> None:
        vues: set[str] = set()
        self._poser_les_temoins(vues)
        oreille = _Oreille()
        self.session.config.pluginmanager.register(oreille)
        parcours: dict[str, dict] = {}
        for item, suivant in zip(items, [*items[1:], _Apres(self.session)], strict=True):
            self._oublier()
            vues.clear()
            debut = time.monotonic()
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=suivant)
            parcours[item.nodeid] = {"s": round(time.monotonic() - debut, 3), "lignes": sorted(vues)}
        dire(json.dumps({nom: une for nom, une in parcours.items() if nom not in oreille.echecs}))

    def _poser_les_temoins(self, vues: set[str]) -> None:
        for rang, module in enumerate(self.modules.values()):
            arbre, nom = Temoins().visit(ast.parse(module.source)), f"__vu_{rang}__"
            setattr(builtins, nom, lambda ligne, fichier=module.fichier: vues.add(f"{fichier}:{ligne}"))
            for noeud in ast.walk(arbre):
                if isinstance(noeud, ast.Name) and noeud.id == "__vu__":
                    noeud.id = nom
            greffer(arbre, module.chemin, self.vivantes)

    def _oublier(self) -> None:
        """What one test left there would hide from the next one the lines that it runs."""
        for cache in self.caches:
            cache.cache_clear()
        for requete in self.preparees:
            requete._ecrite = None

    def _caches(self) -> list:
        """Their `lru_cache`s."""
        chemins = {str(module.chemin) for module in self.modules.values()}
        caches = [objet for objet in gc.get_objects() if type(objet) is functools._lru_cache_wrapper]
        return [
            cache
            for cache in caches
            if getattr(cache.__wrapped__, "__code__", None) and cache.__wrapped__.__code__.co_filename in chemins
        ]


def _etats_des_essais(items: Iterable[pytest.Item], dossiers: Iterable[str]) -> dict[str, str]:
    """{test: what stands for its file, and for what the tests of its noun share}."""
    communs = {f for dossier in dossiers for f in (RACINE / dossier).rglob("*.py") if not f.name.startswith("test_")}
    fichiers = {item.path for item in items}
    etats = {fichier: empreinte_des_fichiers([fichier, *communs]) for fichier in fichiers}
    return {item.nodeid: etats[item.path] for item in items}


def _les_plus_rapides(durees: dict[str, float], module: Module, secondes: float | None) -> dict[str, float]:
    """In the order in which they are run: one at least, and no more than that many seconds of them if it is said."""
    ordonnes = sorted(durees, key=lambda nom: durees[nom] / (PRES if _est_pres(nom, module) else 1))
    gardes: dict[str, float] = {}
    for nom in ordonnes:
        if gardes and secondes is not None and sum(gardes.values()) + durees[nom] > secondes:
            break
        gardes[nom] = durees[nom]
    return gardes


def _est_pres(nom: str, module: Module) -> bool:
    """Whether that test's file has the name of the module, or is in the folder of the same name as its own."""
    essai, code = Path(nom.partition("::")[0]), Path(module.fichier)
    return code.stem in essai.stem or essai.parent == "tests" / code.parent


class _Apres:
    """What follows the last test: nothing, but for what is made for the whole session, which stays."""

    def __init__(self, session: pytest.Session) -> None:
        self.session = session

    def listchain(self) -> list[pytest.Session]:
        return [self.session]


class _Oreille:
    """Hears which tests fail."""

    def __init__(self) -> None:
        self.echecs: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.echecs.append(report.nodeid)
            (ETAT / "dernier_echec.txt").write_text(f"{report.nodeid}\n{report.longreprtext}\n")
