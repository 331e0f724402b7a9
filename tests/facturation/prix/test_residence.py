"""Whether a famille lives in the town: by its name, however it is written."""

import pytest

from facturation.prix.residence import habite_la_commune


@pytest.mark.parametrize(
    ("ville", "resident"),
    [
        ("Saint-Jean", True),
        ("SAINT - JEAN", True),
        ("St Jean", True),
        ("st-jean", True),
        ("", True),
        ("   ", True),
        ("Saint-Jean-de-Luz", False),
        ("Ste Jean", False),
        ("Sainte-Jean", False),
        ("Jean", False),
        ("Toulouse", False),
    ],
)
def test_une_commune_se_reconnait_comme_on_l_ecrit(settings, ville, resident):
    settings.COMMUNE_NOM = "Saint-Jean"
    assert habite_la_commune(ville) is resident


@pytest.mark.parametrize("ville", ["Ste Foy l’Argentière", "SAINTE-FOY-L'ARGENTIERE"])
def test_une_sainte_s_abrege_aussi(settings, ville):
    settings.COMMUNE_NOM = "Sainte-Foy-l’Argentière"
    assert habite_la_commune(ville)
    assert not habite_la_commune(ville.replace("te", "t", 1).replace("TE", "T", 1))
