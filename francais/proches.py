"""Words that differ by a slip of the hand: a letter wrong, missing, in excess, or two that changed places.

Words come folded (`francais.replier`): « dupnot » is « dupont ».
"""

# The longer a word, the more slips it bears and still is no other word.
UNE_FAUTE, DEUX_FAUTES = 3, 7


def fautes_admises(mot: str) -> int:
    """How many slips that word may hold: none in a word of two letters."""
    return (len(mot) >= UNE_FAUTE) + (len(mot) >= DEUX_FAUTES)


def sont_proches(mot: str, autre: str, fautes: int) -> bool:
    """Whether so many slips, at most, make one of the other (optimal string alignment)."""
    if abs(len(mot) - len(autre)) > fautes:
        return False
    mot, autre = _differences(mot, autre)
    if not mot or not autre:
        return True
    if fautes <= 1:
        return fautes == 1 and (len(mot) == len(autre) == 1 or (len(mot) == 2 and mot == autre[::-1]))
    return _distance(mot, autre, fautes) <= fautes


def _differences(mot: str, autre: str) -> tuple[str, str]:
    """Both without the letters that they begin and end by alike: most words end here."""
    court = min(len(mot), len(autre))
    debut = 0
    while debut < court and mot[debut] == autre[debut]:
        debut += 1
    fin = 0
    while fin < court - debut and mot[-1 - fin] == autre[-1 - fin]:
        fin += 1
    return mot[debut : len(mot) - fin], autre[debut : len(autre) - fin]


def _distance(mot: str, autre: str, limite: int) -> int:
    """Row by row; more than `limite` as soon as nothing can bring it back."""
    avant: list[int] = []
    ici = list(range(len(autre) + 1))
    for i, lettre in enumerate(mot, 1):
        avant, haut, ici = ici, avant, [i]
        for j, face in enumerate(autre, 1):
            cout = min(avant[j] + 1, ici[j - 1] + 1, avant[j - 1] + (lettre != face))
            if i > 1 and j > 1 and lettre == autre[j - 2] and mot[i - 2] == face:
                cout = min(cout, haut[j - 2] + 1)
            ici.append(cout)
        if min(ici) > limite:
            return limite + 1
    return ici[-1]
