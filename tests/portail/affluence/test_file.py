"""The line of a machine: one for all its processes, first come first called; a place of elsewhere is not lost."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from portail.affluence.file import FileDAttente
from portail.affluence.rythme import DEPART

SEUIL, LA = 0.3, 1_000_000.0


@pytest.fixture
def file(tmp_path) -> FileDAttente:
    file = FileDAttente(tmp_path / "etat" / "affluence", SEUIL)
    file.observer(1.0, LA)
    return file


def _remplir(file: FileDAttente, nombre: int) -> list:
    return [file.accueillir(None, LA)[0] for _ in range(nombre)]


def test_deux_processus_ont_la_meme_file(file, tmp_path):
    autre = FileDAttente(tmp_path / "etat" / "affluence", SEUIL)
    assert autre.est_fermee(LA + 1)
    assert [f.accueillir(None, LA)[0].numero for f in (file, autre, file, autre)] == [1, 2, 3, 4]


def test_aucun_numero_n_est_donne_deux_fois(file, tmp_path):
    autre = FileDAttente(tmp_path / "etat" / "affluence", SEUIL)
    with ThreadPoolExecutor(8) as fils:
        places = list(fils.map(lambda rang: (file, autre)[rang % 2].accueillir(None, LA)[0], range(400)))
    assert sorted(place.numero for place in places) == list(range(1, 401))


def test_on_entre_dans_l_ordre_d_arrivee(file):
    places = _remplir(file, 60)
    entres: list[int] = []
    for dixieme in range(1, 300):
        file.observer(0.2, LA + dixieme / 10)
        for place in reversed(places):  # the last come ask first: it does not help
            if place.numero not in entres and file.accueillir(place, LA + dixieme / 10)[1] == 0:
                entres.append(place.numero)
    premiers = int(DEPART)
    assert sorted(entres[:premiers]) == list(range(1, premiers + 1))
    assert sorted(entres) == list(range(1, 61))
    # Called by handfuls: nobody comes in more than a handful before their turn.
    assert all(abs(rang - numero) <= premiers for rang, numero in enumerate(entres, 1))


def test_on_sait_combien_sont_devant_et_combien_de_temps(file):
    dernier = _remplir(file, 110)[-1]
    _, devant, secondes = file.accueillir(dernier, LA)
    assert (devant, secondes) == (106, 106 / DEPART)


def test_une_place_d_une_autre_machine_entre_avec_celles_de_son_age(file, tmp_path):
    ailleurs = FileDAttente(tmp_path / "ailleurs", SEUIL)
    ailleurs.observer(1.0, LA)
    etrangere = ailleurs.accueillir(None, LA - 10)[0]
    ici = [file.accueillir(None, LA - 20 + rang)[0] for rang in range(40)]
    assert file.accueillir(etrangere, LA)[1] > 0
    for dixieme in range(1, 60):
        file.observer(0.0, LA + dixieme / 10)
    assert file.accueillir(ici[5], LA + 6)[1] == 0  # given before it
    assert file.accueillir(etrangere, LA + 6)[1] > 0
    assert file.accueillir(ici[15], LA + 6)[1] == 0  # given after it
    assert file.accueillir(etrangere, LA + 6) == (etrangere, 0, 0.0)


def test_un_fichier_abime_se_refait(tmp_path):
    chemin = tmp_path / "affluence"
    chemin.write_bytes(b"trois")
    file = FileDAttente(chemin, SEUIL)
    assert not file.est_fermee(LA)
    assert file.accueillir(None, LA)[0].numero == 1


def test_un_lien_pose_a_sa_place_n_est_pas_suivi(tmp_path):
    (tmp_path / "affluence").symlink_to(tmp_path / "ailleurs")
    with pytest.raises(OSError, match="symbolic"):
        FileDAttente(tmp_path / "affluence", SEUIL)


def test_l_exploitant_lit_combien_attendent(file, caplog):
    _remplir(file, 50)
    file.observer(0.6, LA + 1)
    file.observer(0.6, LA + 2)
    assert [ligne for ligne in caplog.messages if "before the door" in ligne] == [
        "Waiting room: 46 before the door, 2.3 called a second, requests wait 980 ms."
    ]
