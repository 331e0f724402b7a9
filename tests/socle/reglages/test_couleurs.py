"""Whatever colour a town likes, what is drawn from it is readable, in light and in dark."""

from hypothesis import given, settings
from hypothesis import strategies as st

from socle.reglages.couleurs import (
    BLANC,
    CLAIRS,
    LISIBLE,
    ORIGINE,
    SOMBRES,
    contraste,
    est_lisible,
    jetons,
    la_plus_proche,
)

couleurs = st.text("0123456789abcdef", min_size=6, max_size=6)


def test_le_contraste_est_celui_de_la_norme():
    assert contraste("000000", "ffffff") == 21
    assert round(contraste("777777", "ffffff"), 2) == 4.48
    assert est_lisible(ORIGINE)
    assert not est_lisible("f7c948")


@settings(max_examples=30)
@given(couleurs)
def test_la_plus_proche_se_lit_et_tout_ce_qui_en_est_tire(couleur):
    proche = la_plus_proche(couleur)
    assert est_lisible(proche)
    clair, sombre = jetons(proche)
    couples = [
        *((clair[encre], fond) for encre in ("lien", "principal") for fond in (*CLAIRS, clair["principal-voile"])),
        *((BLANC, clair[fond]) for fond in ("bandeau", "bandeau-creux", "principal", "principal-appuye")),
        *((clair["sur-bandeau-doux"], clair[fond]) for fond in ("bandeau", "bandeau-creux")),
        *((sombre["principal"], fond) for fond in (*SOMBRES, sombre["principal-voile"])),
        *((sombre["sur-principal"], sombre[fond]) for fond in ("principal", "principal-appuye")),
        *((BLANC, sombre[fond]) for fond in ("bandeau", "bandeau-creux")),
        *((sombre["sur-bandeau-doux"], sombre[fond]) for fond in ("bandeau", "bandeau-creux")),
    ]
    assert {couple for couple in couples if contraste(*couple) < LISIBLE} == set()
