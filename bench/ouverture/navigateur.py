"""A light browser: cookies, redirections, forms. One connection a request, as nginx does in front of gunicorn."""

import asyncio
import html
import re
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

import h11

DELAI = 120  # seconds: beyond, a request is lost
CHAMP = re.compile(r"<(?:input|button|textarea)\b([^>]*)>")
ATTRIBUT = re.compile(r'([\w-]+)(?:="([^"]*)")?')


@dataclass(frozen=True)
class Page:
    """What came back, and in how many seconds."""

    adresse: str
    statut: int
    entetes: dict[str, str]
    texte: str
    duree: float

    @property
    def vers(self) -> str:
        """Where it leads."""
        return self.entetes.get("location", "")

    @property
    def est_une_attente(self) -> bool:
        return self.statut == 503 and "retry-after" in self.entetes

    def formulaire(self, marque: str) -> dict[str, str]:
        """The hidden and typed fields of the form that holds `marque`, as they would leave untouched."""
        for morceau in re.findall(r"<form\b.*?</form>", self.texte, re.DOTALL):
            if marque in morceau:
                champs = (dict(ATTRIBUT.findall(trouve)) for trouve in CHAMP.findall(morceau))
                return {
                    champ["name"]: html.unescape(champ.get("value", ""))
                    for champ in champs
                    if champ.get("name") and champ.get("type", "text") in {"hidden", "text", "password"}
                }
        return {}


@dataclass
class Navigateur:
    """One parent's."""

    port: int
    temoins: dict[str, str] = field(default_factory=dict)

    async def demander(self, adresse: str, envoi: dict[str, str] | None = None) -> Page:
        """Raises TimeoutError, OSError or h11.RemoteProtocolError when nothing comes back."""
        debut = time.perf_counter()
        corps = urlencode(envoi).encode() if envoi is not None else b""
        async with asyncio.timeout(DELAI):
            statut, entetes, recu = await self._echanger(adresse, corps, envoi is not None)
        for nom, valeur in entetes:
            if nom == b"set-cookie":
                self._garder(valeur.decode())
        dits = {nom.decode(): valeur.decode("latin-1") for nom, valeur in entetes}
        return Page(adresse, statut, dits, recu.decode("utf-8", "replace"), time.perf_counter() - debut)

    async def _echanger(self, adresse: str, corps: bytes, est_un_envoi: bool) -> tuple[int, list, bytes]:
        lecture, ecriture = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            liaison = h11.Connection(h11.CLIENT)
            entetes = [("Host", "127.0.0.1"), ("Accept", "text/html"), ("Connection", "close")]
            if self.temoins:
                entetes.append(("Cookie", "; ".join(f"{nom}={valeur}" for nom, valeur in self.temoins.items())))
            if est_un_envoi:
                entetes.append(("Content-Type", "application/x-www-form-urlencoded"))
                entetes.append(("Content-Length", str(len(corps))))
            demande = h11.Request(method="POST" if est_un_envoi else "GET", target=adresse, headers=entetes)
            octets = liaison.send(demande) or b""
            if corps:
                octets += liaison.send(h11.Data(data=corps)) or b""
            ecriture.write(octets + (liaison.send(h11.EndOfMessage()) or b""))
            return await _lire(liaison, lecture)
        finally:
            ecriture.close()

    def _garder(self, temoin: str) -> None:
        paire, *reste = temoin.split(";")
        nom, _, valeur = paire.partition("=")
        if any(morceau.strip().lower() == "max-age=0" for morceau in reste):
            self.temoins.pop(nom.strip(), None)
        else:
            self.temoins[nom.strip()] = valeur


async def _lire(liaison: h11.Connection, lecture: asyncio.StreamReader) -> tuple[int, list, bytes]:
    statut, entetes, morceaux = 0, [], []
    while True:
        evenement = liaison.next_event()
        if evenement is h11.NEED_DATA:
            liaison.receive_data(await lecture.read(65536))
        elif isinstance(evenement, h11.Response):
            statut, entetes = evenement.status_code, list(evenement.headers)
        elif isinstance(evenement, h11.Data):
            morceaux.append(evenement.data)
        elif isinstance(evenement, h11.EndOfMessage | h11.ConnectionClosed):
            return statut, entetes, b"".join(morceaux)
