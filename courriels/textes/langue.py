"""The language of these texts: words, and `{variables}` that are replaced. No condition, no loop, no code.

A line whose variables are all empty goes, and an empty paragraph with it. Values are never read again: one that holds
`{…}` is shown as it is.
"""

import re
from collections.abc import Collection, Iterator, Mapping

VARIABLE = re.compile(r"\{([^{}\n]*)\}")
PARAGRAPHE = re.compile(r"\n[ \t]*\n\s*")


def variables(texte: str) -> list[str]:
    """Those that it names, in their order."""
    return [nom.strip() for nom in VARIABLE.findall(texte)]


def fautes(texte: str, connues: Collection[str]) -> Iterator[str]:
    """Sentences: each variable that nobody knows, a brace that is alone."""
    permises = ", ".join(f"{{{nom}}}" for nom in connues) or "aucune"
    for nom in dict.fromkeys(variables(texte)):
        if nom not in connues:
            yield f"La variable {{{nom}}} n’existe pas ici. Celles que l’on peut écrire\u00a0: {permises}."
    if set("{}") & set(VARIABLE.sub("", texte)):
        yield "Une accolade est seule\u00a0: une variable s’écrit entre deux, comme {centre}."


def paragraphes(texte: str, valeurs: Mapping[str, str]) -> list[str]:
    """Its paragraphs, with their values; a line of a paragraph is a line."""
    remplis = ("\n".join(_lignes(bloc, valeurs)) for bloc in PARAGRAPHE.split(texte.replace("\r\n", "\n").strip()))
    return [rempli for rempli in remplis if rempli.strip()]


def une_ligne(texte: str, valeurs: Mapping[str, str]) -> str:
    """A subject: no value of it may begin another header."""
    return " ".join(remplir(texte, valeurs).splitlines()).strip()


def remplir(texte: str, valeurs: Mapping[str, str]) -> str:
    return VARIABLE.sub(lambda trouvee: valeurs.get(trouvee[1].strip(), trouvee[0]), texte)


def _lignes(bloc: str, valeurs: Mapping[str, str]) -> Iterator[str]:
    for ligne in bloc.split("\n"):
        nommees = variables(ligne)
        if nommees and not any(valeurs.get(nom, "?") for nom in nommees) and not VARIABLE.sub("", ligne).strip(" .:,"):
            continue
        yield remplir(ligne, valeurs).rstrip()
