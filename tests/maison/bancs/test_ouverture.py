"""The parents that `bin/bench --ouverture` plays: what they read in a page, what misses a target."""

from bench.ouverture.jour import manquees, resume
from bench.ouverture.navigateur import Navigateur, Page

FORMULAIRE = """
<form><input name="q" value="autre"></form>
<form method="post"><input type="hidden" name="csrfmiddlewaretoken" value="a&amp;b"><input type="checkbox" name="jours">
<input type="password" name="password"><button type="submit" name="calculer" value="1">Total</button></form>
"""


def _page(statut: int = 200, texte: str = "", **entetes: str) -> Page:
    return Page("/", statut, {nom.replace("_", "-"): valeur for nom, valeur in entetes.items()}, texte, 0.1)


def test_un_formulaire_se_lit_comme_un_navigateur_l_enverrait_sans_y_toucher():
    champs = _page(texte=FORMULAIRE).formulaire('name="password"')
    assert champs == {"csrfmiddlewaretoken": "a&b", "password": ""}


def test_seule_une_page_qui_dit_combien_attendre_est_une_attente():
    assert _page(503, retry_after="5").est_une_attente
    assert not _page(503).est_une_attente
    assert not _page(429, retry_after="5").est_une_attente


def test_un_temoin_efface_ne_revient_pas():
    navigateur = Navigateur(0)
    navigateur._garder("place=abc; Path=/; HttpOnly")
    assert navigateur.temoins == {"place": "abc"}
    navigateur._garder('place=""; Max-Age=0; Path=/')
    assert navigateur.temoins == {}


def test_une_place_vendue_deux_fois_une_demande_perdue_une_page_lente_manquent_la_cible():
    tenue = {
        "durees": {"mois": resume([0.1, 0.2])},
        "perdues": {},
        "parents": 2500,
        "vendues": 100,
        "sans_ligne": [],
    }
    assert manquees(tenue) == []
    assert len(manquees(tenue | {"vendues": 101})) == 1
    assert len(manquees(tenue | {"vendues": 99})) == 1
    assert len(manquees(tenue | {"perdues": {"demande : 500": 2}})) == 1
    assert len(manquees(tenue | {"sans_ligne": ["famille00001"]})) == 1
    assert manquees(tenue | {"durees": {"mois": resume([0.1, 2.5, 2.5])}}) == ["mois : p95 de 2.5 s, cible 2 s"]
