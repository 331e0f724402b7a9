"""The address of a static file is found once for each manifest, and never outlives it."""

import json
import sys

import pytest

from portail.statiques.reserve import StatiquesScelles


@pytest.fixture
def dossier(tmp_path, settings):
    settings.DEBUG = False
    sceller(tmp_path, "page.1111.js")
    return tmp_path


def sceller(dossier, scelle):
    manifeste = {"version": "1.1", "paths": {"js/page.js": f"js/{scelle}"}, "hash": ""}
    (dossier / "staticfiles.json").write_text(json.dumps(manifeste))


def reserve(dossier):
    return StatiquesScelles(location=dossier, base_url="/static/")


def appels(agir):
    nombre = 0

    def compter(*_):
        nonlocal nombre
        nombre += 1

    avant = sys.getprofile()
    sys.setprofile(compter)
    try:
        agir()
    finally:
        sys.setprofile(avant)
    return nombre


def test_une_adresse_est_celle_du_manifeste_et_n_est_cherchee_qu_une_fois(dossier):
    statiques = reserve(dossier)

    premiere = appels(lambda: statiques.url("js/page.js"))
    seconde = appels(lambda: statiques.url("js/page.js"))

    assert statiques.url("js/page.js") == "/static/js/page.1111.js"
    assert seconde < 10 < premiere


def test_un_autre_manifeste_a_d_autres_adresses(dossier):
    ancienne = reserve(dossier)
    assert ancienne.url("js/page.js") == "/static/js/page.1111.js"

    sceller(dossier, "page.2222.js")
    assert reserve(dossier).url("js/page.js") == "/static/js/page.2222.js"


def test_ce_que_collectstatic_vient_d_ecrire_remplace_ce_qui_etait_su(dossier):
    statiques = reserve(dossier)
    statiques.url("js/page.js")

    (dossier / "js").mkdir()
    (dossier / "js/page.js").write_text("export const neuf = 1;")
    list(statiques.post_process({"js/page.js": (statiques, "js/page.js")}))

    adresse = statiques.url("js/page.js")
    assert adresse != "/static/js/page.1111.js"
    assert (dossier / adresse.removeprefix("/static/")).exists()


def test_un_fichier_absent_du_manifeste_est_toujours_refuse(dossier):
    statiques = reserve(dossier)
    for _fois in range(2):
        with pytest.raises(ValueError, match="Missing staticfiles manifest entry"):
            statiques.url("js/absent.js")
