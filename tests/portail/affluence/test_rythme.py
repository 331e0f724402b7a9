"""How many may come in: slower when requests wait, quicker when they do not, always in the order of the numbers."""

from hypothesis import given
from hypothesis import strategies as st

from portail.affluence.rythme import CALME, DEPART, ELAN, LENT, SOMMEIL, VIF, Rythme

SEUIL = 0.3


def _ferme() -> Rythme:
    rythme = Rythme()
    rythme.observer(1.0, SEUIL, 1000.0)
    return rythme


def test_sans_attente_la_salle_reste_ouverte_et_rien_n_est_ecrit():
    rythme = Rythme()
    rythme.observer(SEUIL, SEUIL, 1000.0)
    assert rythme == Rythme()
    assert rythme.est_ouverte(1000.0)


def test_une_requete_qui_attend_trop_ferme_la_porte():
    assert not _ferme().est_ouverte(1000.0 + CALME - 0.1)
    assert _ferme().est_ouverte(1000.0 + CALME)


def test_une_pointe_breve_passe_sans_que_personne_attende():
    rythme = _ferme()
    assert [rythme.devant(rythme.donner()) for _ in range(int(DEPART * ELAN))] == [0] * int(DEPART * ELAN)
    assert rythme.devant(rythme.donner()) == 1


def test_la_porte_reste_fermee_tant_que_quelqu_un_attend():
    rythme = _ferme()
    for _ in range(1000):
        rythme.donner()
    for seconde in range(1, 30):
        rythme.observer(0.0, SEUIL, 1000.0 + seconde)
    assert rythme.devant_la_porte
    assert not rythme.est_ouverte(1029.0)


def test_elle_rouvre_quand_plus_personne_n_attend():
    rythme = _ferme()
    for seconde in range(1, 12):
        rythme.observer(0.0, SEUIL, 1000.0 + seconde)
    assert rythme.est_ouverte(1012.0)


def test_l_horloge_remise_en_arriere_n_enferme_personne():
    assert _ferme().est_ouverte(1000.0 - 3600)


def test_deux_processus_qui_lisent_l_heure_dans_un_autre_ordre_ne_rouvrent_pas_la_porte():
    rythme = _ferme()
    for _ in range(1000):
        rythme.donner()
    rythme.observer(1.0, SEUIL, 1001.0)
    rythme.observer(1.0, SEUIL, 1000.9)
    assert rythme.devant_la_porte > 900


def test_ceux_de_la_file_dorment_entre_deux_essais_sans_que_la_porte_s_ouvre():
    rythme = _ferme()
    for _ in range(1000):
        rythme.donner()
    rythme.observer(0.0, SEUIL, 1001.0)
    assert not rythme.est_ouverte(1001.0 + SOMMEIL - 1)
    assert rythme.est_ouverte(1001.0 + SOMMEIL)


def test_le_pas_ralentit_quand_on_attend_et_s_arrete_quand_on_attend_beaucoup():
    calme, presse, bouche = _ferme(), _ferme(), _ferme()
    for rythme in (calme, presse, bouche):
        rythme.donnes = 10_000.0
    for dixieme in range(1, 300):
        calme.observer(0.1, SEUIL, 1000.0 + dixieme / 10)
        presse.observer(0.5, SEUIL, 1000.0 + dixieme / 10)
        bouche.observer(2.0, SEUIL, 1000.0 + dixieme / 10)
    assert LENT <= presse.rythme < DEPART < calme.rythme <= VIF
    assert presse.appeles < calme.appeles
    assert bouche.appeles <= DEPART * ELAN + DEPART


@given(attentes=st.lists(st.floats(0, 60), max_size=200), pas=st.floats(0, 10))
def test_le_pas_reste_dans_ses_bornes_et_qui_est_appele_le_reste(attentes, pas):
    rythme = _ferme()
    for rang, attente in enumerate(attentes):
        rythme.donner()
        avant = rythme.appeles
        rythme.observer(attente, SEUIL, 1000.0 + rang * pas)
        assert LENT <= rythme.rythme <= VIF
        assert rythme.appeles >= min(avant, rythme.donnes)
        assert rythme.appeles <= rythme.donnes + VIF * ELAN
