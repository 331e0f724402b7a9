"""The days that a message to a famille tells: all of a month's, and how many more."""

import pytest

from planning.portee.messager import lister


@pytest.mark.parametrize(
    ("combien", "fin"), [(31, "– jour 31"), (32, "et 1\u00a0autre jour"), (40, "et 9\u00a0autres jours")]
)
def test_au_dela_d_un_mois_les_jours_se_comptent(combien, fin):
    lignes = lister(f"jour {n}" for n in range(1, combien + 1)).splitlines()
    assert lignes[:31] == [f"– jour {n}" for n in range(1, 32)]
    assert lignes[-1] == fin
