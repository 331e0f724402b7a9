"""A bare address in an announcement is a link."""

import pytest

from messagerie.infos.texte_riche import en_html


@pytest.mark.parametrize(
    ("texte", "href"),
    [
        ("Voir https://ville.example/cantine.", "https://ville.example/cantine"),
        ("(https://ville.example/a?b=1&c=2)", "https://ville.example/a?b=1&amp;c=2"),
        ("Écrivez à accueil@ville.example !", "mailto:accueil@ville.example"),
    ],
)
def test_une_adresse_nue_devient_un_lien(texte, href):
    assert f'<a href="{href}" rel="noopener noreferrer">' in en_html(texte)


def test_un_lien_ecrit_reste_un_seul_lien():
    html = en_html("[le site https://ville.example](https://ville.example/la)")
    assert html.count("<a ") == 1
    assert 'href="https://ville.example/la"' in html


def test_une_adresse_ne_glisse_pas_de_code():
    html = en_html('https://x.example/"onmouseover="alert(1) javascript:alert(1)')
    assert html.count("<a ") == 1
    assert 'onmouseover="' not in html.replace("&quot;", "")[: html.index(">")]
    assert 'href="javascript' not in html
