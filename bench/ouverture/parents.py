"""The parents of an opening day, in a process of their own: each arrives at its time, whatever the others wait for.

In, on the standard input: where and who. Out, on the standard output: what each request took, what each parent got.
"""

import asyncio
import html
import json
import random
import re
import sys
import time
from collections import defaultdict
from dataclasses import dataclass, field

import h11

from bench.ouverture.navigateur import Navigateur, Page

PERDUE = (TimeoutError, OSError, h11.RemoteProtocolError)
PATIENCE = 900  # seconds: how long a parent stays in the line
# What an error says, or a day that cannot be asked for.
ERREURS = (
    re.compile(r"avis--error.*?(<p.*?)</div>", re.DOTALL),
    re.compile(r'id="impossibles".*?<br>(.*?)</li>', re.DOTALL),
)
CONNEXION = "/connexion/"


class Abandon(Exception):
    """This parent's day ends here. Says at which step, and why."""


@dataclass
class Releve:
    """All that the day showed. Durations in seconds."""

    durees: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    attentes: list[float] = field(default_factory=list)
    obtenues: list[str] = field(default_factory=list)
    refusees: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    perdues: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    duree: float = 0
    cpu: float = 0


@dataclass
class Parent:
    """One parent, from the door to the answer."""

    consigne: dict
    identifiant: str
    enfant: int
    code: str
    releve: Releve
    attendu: float = 0

    async def vivre(self) -> None:
        self.navigateur = Navigateur(self.consigne["port"])
        try:
            await self._connecter()
            await self._parcourir()
        except Abandon as fin:
            self.releve.perdues[str(fin)] += 1
        if self.attendu:
            self.releve.attentes.append(self.attendu)

    async def _connecter(self) -> None:
        porte = await self._page("page de connexion", CONNEXION)
        champs = porte.formulaire('name="password"')
        champs |= {"username": self.identifiant, "password": self.consigne["mot_de_passe"]}
        await self._reflechir()
        entree = await self._page("connexion", CONNEXION, champs, attendue=302)
        await self._page("accueil", entree.vers)

    async def _parcourir(self) -> None:
        await self._reflechir()
        await self._page("mes enfants", "/enfants/")
        await self._reflechir()
        await self._page("mois", f"/enfants/{self.enfant}/planning/{self.consigne['mois']}/")
        await self._reflechir()
        adresse = f"/enfants/{self.enfant}/demandes/reservation/?jour={self.code}"
        page = await self._page("formulaire", adresse)
        if not (champs := page.formulaire('name="sceau"')):
            self._refuser(page)
            return
        champs["jours"] = self.code
        await self._reflechir()
        reponse = await self._page("demande", adresse, champs, attendue=0)
        if reponse.statut == 302:
            self.releve.obtenues.append(self.identifiant)
            await self._page("accusé", reponse.vers)
        else:
            self._refuser(reponse)

    def _refuser(self, page: Page) -> None:
        """Told by the page that would have shown the form, or by the form that comes back; else it is lost."""
        phrase = _phrase(page)
        if not phrase or page.statut not in {200, 422}:
            raise Abandon(f"demande : {page.statut}")
        self.releve.refusees[phrase] += 1

    async def _page(self, etape: str, adresse: str, envoi: dict | None = None, attendue: int = 200) -> Page:
        """Waits in the line as long as it is asked to. `attendue`: the status, 0 for any."""
        debut = time.perf_counter()
        while True:
            try:
                page = await self.navigateur.demander(adresse, envoi)
            except PERDUE as panne:
                raise Abandon(f"{etape} : {type(panne).__name__}") from panne
            if not page.est_une_attente:
                break
            await self._attendre(page, etape, envoi is not None, debut)
        self.releve.durees[etape].append(page.duree)
        if attendue and page.statut != attendue:
            raise Abandon(f"{etape} : {page.statut} {_phrase(page)}".strip())
        return page

    async def _attendre(self, page: Page, etape: str, est_un_envoi: bool, debut: float) -> None:
        self.releve.durees["connexion à refaire" if est_un_envoi else "salle d’attente"].append(page.duree)
        if time.perf_counter() - debut > PATIENCE:
            raise Abandon(f"{etape} : trop longtemps dans la file")
        pause = float(page.entetes["retry-after"])
        self.attendu += pause + page.duree
        await asyncio.sleep(pause)

    async def _reflechir(self) -> None:
        await asyncio.sleep(random.expovariate(1 / self.consigne["reflexion"]))


def _phrase(page: Page) -> str:
    trouvees = (erreur.search(page.texte) for erreur in ERREURS)
    dites = (html.unescape(re.sub(r"<[^>]+>", " ", trouvee[1])).split() for trouvee in trouvees if trouvee)
    return " ".join(next(dites, []))


async def jouer(consigne: dict) -> Releve:
    """Each parent at its time, drawn evenly over the opening: answers are not waited for."""
    random.seed(consigne["graine"])
    releve = Releve()
    venues = sorted(random.uniform(0, consigne["secondes"]) for _ in consigne["parents"])
    debut = time.perf_counter()
    async with asyncio.TaskGroup() as groupe:
        for venue, (identifiant, enfant, code) in zip(venues, consigne["parents"], strict=True):
            await asyncio.sleep(debut + venue - time.perf_counter())
            groupe.create_task(Parent(consigne, identifiant, enfant, code, releve).vivre())
    releve.duree, releve.cpu = time.perf_counter() - debut, time.process_time()
    return releve


if __name__ == "__main__":
    json.dump(vars(asyncio.run(jouer(json.load(sys.stdin)))), sys.stdout)
