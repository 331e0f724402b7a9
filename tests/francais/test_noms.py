"""Names folded as one looks for them: whatever the capitals, accents, ligatures, spaces."""

import string
from datetime import date

import pytest

import francais
from francais.mots import en_ascii
from francais.noms import coller, formes, ordre, replier


def test_toute_capitale_a_sa_minuscule():
    assert replier(string.ascii_uppercase) == string.ascii_lowercase


@pytest.mark.parametrize(
    ("nom", "replie"),
    [
        ("D’ŒUVRE  Élise-Anne", "d oeuvre elise anne"),
        (" Léa\u00a0", "lea"),
        ("Łukasz Størm", "lukasz storm"),
        ("Ζωή", "Ζωη"),
        ("", ""),
    ],
)
def test_un_nom_se_replie(nom, replie):
    assert replier(nom) == replie


def test_un_nom_se_trouve_en_un_mot_ou_en_plusieurs():
    assert coller("Jean d’Arc") == "jeandarc"
    assert formes("Jean d’Arc") == "jean d arc jean darc jeandarc"


def test_l_ordre_est_celui_du_dictionnaire_et_les_accents_ne_departagent_que_les_memes():
    noms = [("Élan", "Zoé"), ("ELAN", "Alice"), ("Elbe", "Al"), ("D’Arc", "Jo"), ("Darcy", "Jo")]
    assert sorted(noms, key=lambda nom: ordre(*nom)) == [noms[3], noms[4], noms[1], noms[0], noms[2]]


def test_deux_noms_que_les_accents_seuls_separent_ont_toujours_le_meme_ordre():
    noms = [("Elan", "Zoe"), ("Elan", "Zoé"), ("Élan", "Zoe")]
    assert len({ordre(*nom) for nom in noms}) == 3
    assert sorted(noms, key=lambda nom: ordre(*nom)) == noms
    assert ordre("Élan", "Zoe") < ordre("Elan", "Zora")


@pytest.mark.parametrize(
    ("texte", "ecrit"), [("Cœur d’été", "Coeur d ete"), ("12 €", "12  "), ("a\u05b0b", "ab"), ("Zoé", "Zoe")]
)
def test_ce_qui_n_est_pas_ascii_est_une_espace(texte, ecrit):
    assert en_ascii(texte) == ecrit


def test_un_seul_mot_trop_long_se_coupe_sans_les_espaces_d_avant():
    assert francais.abrege("  http://exemple.fr/menus.pdf", 17) == "http://exemple.fr…"


def test_les_douze_mois():
    assert [francais.mois_et_annee(date(2015, mois, 1)) for mois in range(1, 13)] == [
        "janvier 2015",
        "février 2015",
        "mars 2015",
        "avril 2015",
        "mai 2015",
        "juin 2015",
        "juillet 2015",
        "août 2015",
        "septembre 2015",
        "octobre 2015",
        "novembre 2015",
        "décembre 2015",
    ]


def test_les_sept_jours():
    assert [francais.jour_et_mois(date(2015, 6, jour)).split()[0] for jour in range(1, 8)] == [
        *("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
    ]
