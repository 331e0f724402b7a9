"""The forms of a page, as a browser would send them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.test import Client

JETON = "csrfmiddlewaretoken"


@dataclass
class Formulaire:
    """`champs`: what its fields hold, by name, but boxes that are not ticked, texts, files and buttons."""

    methode: str
    action: str
    champs: dict[str, str] = field(default_factory=dict)
    jetons: list[str] = field(default_factory=list)


class _Lecteur(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.formulaires: list[Formulaire] = []
        self._ouvert = False
        self._liste = ""

    def handle_starttag(self, balise: str, attributs: list[tuple[str, str | None]]) -> None:
        a = {nom: valeur or "" for nom, valeur in attributs}
        if balise == "form":
            self.formulaires.append(Formulaire(a.get("method", "get").lower(), a.get("action", "")))
            self._ouvert = True
        elif balise == "input" and self._ouvert and a.get("name"):
            self._lire(a)
        elif balise == "select" and self._ouvert:
            self._liste = a.get("name", "")
        elif balise == "option" and self._ouvert and self._liste:
            self._choisir(a)

    def handle_endtag(self, balise: str) -> None:
        self._ouvert = self._ouvert and balise != "form"

    def _lire(self, a: dict[str, str]) -> None:
        formulaire = self.formulaires[-1]
        if a["name"] == JETON:
            formulaire.jetons.append(a.get("value", ""))
        if a.get("type") in {"submit", "file", "button"}:
            return
        case = a.get("type") in {"checkbox", "radio"}
        if not case or "checked" in a:
            formulaire.champs[a["name"]] = a.get("value", "on" if case else "")

    def _choisir(self, a: dict[str, str]) -> None:
        """The option that is selected, or else the first one."""
        champs = self.formulaires[-1].champs
        if "selected" in a or self._liste not in champs:
            champs[self._liste] = a.get("value", "")


def formulaires(html: str) -> list[Formulaire]:
    lecteur = _Lecteur()
    lecteur.feed(html)
    return lecteur.formulaires


def formulaire_de(page: str, champ: str) -> Formulaire:
    """The one that has this field."""
    morceau = next(f for f in page.split("<form") if f'name="{champ}"' in f.partition("</form>")[0])
    return formulaires(f"<form{morceau}")[0]


def navigateur(compte) -> Client:
    """A client that checks what a browser's server checks."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(compte, backend="famille.connexion.CompteDuPortail")
    return client
