"""Words that differ by a slip of the hand."""

from itertools import combinations_with_replacement, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from francais.proches import fautes_admises, sont_proches

MOTS = st.text("abcd", max_size=8)


@pytest.mark.parametrize("fautif", ["dupomt", "dupnt", "duponnt", "dupotn", "udpont", "dupon", "upont", "dupont"])
def test_une_lettre_fausse_oubliee_de_trop_ou_deux_echangees(fautif):
    assert sont_proches(fautif, "dupont", 1)


@pytest.mark.parametrize("autre", ["durand", "dupuis", "dup", "pontdu", "dubout"])
def test_un_autre_nom_est_un_autre_nom(autre):
    assert not sont_proches(autre, "dupont", 1)


@pytest.mark.parametrize(
    ("fautif", "nom"), [("bartelemi", "barthelemy"), ("lefevbre", "lefebvre"), ("lafevbre", "lefebvre")]
)
def test_deux_fautes_dans_un_long_nom(fautif, nom):
    assert sont_proches(fautif, nom, 2)


def test_un_mot_court_n_en_supporte_pas():
    assert [fautes_admises(mot) for mot in ("le", "lea", "durand", "barthes")] == [0, 1, 1, 2]


@given(MOTS, MOTS, st.sampled_from([0, 1, 2]))
def test_comme_la_distance_d_edition(mot, autre, fautes):
    assert sont_proches(mot, autre, fautes) == (distance(mot, autre) <= fautes)


def test_comme_la_distance_d_edition_de_tous_les_mots_courts():
    mots = ["".join(lettres) for longueur in range(5) for lettres in product("ab", repeat=longueur)]
    mots += ["".join(lettres) for lettres in product("abc", repeat=3) if "c" in lettres]
    for mot, autre in combinations_with_replacement(mots, 2):
        proches = [sont_proches(mot, autre, fautes) for fautes in (0, 1, 2)]
        assert proches == [distance(mot, autre) <= fautes for fautes in (0, 1, 2)], (mot, autre)


@given(MOTS, MOTS, st.sampled_from([1, 2]))
def test_dans_un_sens_comme_dans_l_autre(mot, autre, fautes):
    assert sont_proches(mot, autre, fautes) == sont_proches(autre, mot, fautes)


def distance(mot: str, autre: str) -> int:
    """By the book, without a short cut."""
    table = {(i, 0): i for i in range(len(mot) + 1)} | {(0, j): j for j in range(len(autre) + 1)}
    for i in range(1, len(mot) + 1):
        for j in range(1, len(autre) + 1):
            voisins = [table[i - 1, j] + 1, table[i, j - 1] + 1, table[i - 1, j - 1] + (mot[i - 1] != autre[j - 1])]
            if i > 1 and j > 1 and mot[i - 1] == autre[j - 2] and mot[i - 2] == autre[j - 1]:
                voisins.append(table[i - 2, j - 2] + 1)
            table[i, j] = min(voisins)
    return table[len(mot), len(autre)]
