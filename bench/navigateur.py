"""Debian's Chromium, and what it costs to open a page in it for the first time."""

import shutil
from dataclasses import dataclass

from playwright.sync_api import Page

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# A slow phone network: kbit/s, milliseconds.
DEBIT, LATENCE = 400, 400
LENTEUR = {
    "offline": False,
    "latency": LATENCE,
    "downloadThroughput": DEBIT * 1000 / 8,
    "uploadThroughput": DEBIT * 1000 / 8,
}
# The browser asks for the icon when it has time, after the page or never: we count it once, always.
ICONE = 1


@dataclass(frozen=True)
class Visite:
    """A page opened with nothing kept: seconds to the first paint, requests (the icon's too), KiB transferred."""

    image: float
    requetes: int
    kio: float


def visiter(page: Page, adresse: str, *, lentement: bool = False) -> Visite:
    """Open the page as whoever has never come, over a slow network or not."""
    reseau = page.context.new_cdp_session(page)
    poids: dict[str, float] = {}
    reseau.on("Network.requestWillBeSent", lambda dit: _commencer(dit, poids))
    reseau.on("Network.loadingFinished", lambda dit: _finir(dit, poids))
    reseau.send("Network.enable")
    reseau.send("Network.clearBrowserCache")
    if lentement:
        reseau.send("Network.emulateNetworkConditions", LENTEUR)
    page.goto(adresse, wait_until="networkidle")
    image = page.evaluate("performance.getEntriesByName('first-paint')[0].startTime")
    reseau.detach()
    return Visite(image / 1000, len(poids) + ICONE, sum(poids.values()) / 1024)


def _commencer(dit: dict, poids: dict[str, float]) -> None:
    if dit["type"] != "Other" and not dit["request"]["url"].startswith("data:"):
        poids[dit["requestId"]] = 0


def _finir(dit: dict, poids: dict[str, float]) -> None:
    if dit["requestId"] in poids:
        poids[dit["requestId"]] += dit["encodedDataLength"]
