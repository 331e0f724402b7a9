"""Names: PostgreSQL and Python fold them alike, find them alike, sort them alike."""

import unicodedata

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from famille.models import Ecole, Enfant
from francais import coller, formes, ordre, replier
from tests import fabriques

pytestmark = pytest.mark.django_db

# Latin-1, Latin Extended A, B and Additional, marks, punctuation, ligatures: all that a French record may hold.
BLOCS = [(0x20, 0x24F), (0x250, 0x36F), (0x1D00, 0x1DFF), (0x1E00, 0x1EFF), (0x2000, 0x206F), (0x20D0, 0x20FF)]
BLOCS += [(0x2150, 0x218F), (0x2212, 0x2212), (0x2C60, 0x2C7F), (0xA720, 0xA7FF), (0xFB00, 0xFB06), (0xFE20, 0xFE2F)]
ATTRIBUES = [
    chr(code) for debut, fin in BLOCS for code in range(debut, fin + 1) if unicodedata.category(chr(code)) != "Cn"
]

# « Côte » after « cote » and before « coté »: accents count last, and from the left, as in Unicode's French.
DICTIONNAIRE = ["Abel", "ADAM", "Æmilia", "D’Arc", "Darcy", "Delage", "DE LA TOUR", "Delatour-Roux", "Eden", "Élan"]
DICTIONNAIRE += ["ELIE", "Œdipe", "Øster", "SAINTE", "Saint-Exupéry", "Štěpán", "Zoé"]


def _en_sql(fonction: str, textes: list[str]) -> list[str]:
    with connection.cursor() as curseur:
        curseur.execute(
            f"SELECT {fonction}(t) FROM unnest(%s::text[]) WITH ORDINALITY AS u(t, rang) ORDER BY rang", [textes]
        )
        return [texte for (texte,) in curseur.fetchall()]


@pytest.mark.parametrize("fonction", [replier, coller, formes])
def test_chaque_signe_latin_se_replie_de_meme_en_sql_et_en_python(fonction):
    textes = [texte for signe in ATTRIBUES for texte in (signe, f"a{signe}B")]
    en_sql = zip(textes, _en_sql(fonction.__name__, textes), strict=True)
    assert [(texte, lu, fonction(texte)) for texte, lu in en_sql if lu != fonction(texte)] == []


@settings(max_examples=50)
@given(textes=st.lists(st.text(st.sampled_from(ATTRIBUES), max_size=30), max_size=20))
def test_des_noms_au_hasard_aussi(textes):
    for fonction in (replier, coller, formes):
        assert _en_sql(fonction.__name__, textes) == [fonction(texte) for texte in textes]


def test_les_lettres_d_une_langue_d_europe_sont_celles_d_un_clavier_francais():
    lettres = [s for s in ATTRIBUES if ord(s) < 0x180 and unicodedata.category(s) in {"Lu", "Ll"}]
    assert [s for s in lettres if not replier(s).isascii() or not replier(s)] == ["µ"]


def test_un_nom_qui_n_est_pas_latin_reste_entier():
    assert replier("Ирина’ 李") == "Ирина 李"


def test_un_dictionnaire_francais_en_sql_comme_en_python():
    for nom in sorted(DICTIONNAIRE):
        fabriques.EnfantFactory(nom=nom, prenom="Léa")

    assert list(Enfant.objects.values_list("nom", flat=True)) == DICTIONNAIRE
    assert sorted(sorted(DICTIONNAIRE), key=ordre) == DICTIONNAIRE


def test_un_accent_ne_separe_pas_une_fratrie():
    """« LEFÈVRE Zoé » does not come after every « LEFEVRE »."""
    noms = [("LEFEVRE", "Anne"), ("Lefèvre", "Émile"), ("LEFÈVRE", "Eva"), ("LEFEVRE", "Zoé")]
    for nom, prenom in noms[::-1]:
        fabriques.EnfantFactory(nom=nom, prenom=prenom)

    assert list(Enfant.objects.values_list("nom", "prenom")) == noms
    assert sorted(set(noms), key=lambda qui: ordre(*qui)) == noms


def test_la_liste_des_enfants_suit_son_index():
    with connection.cursor() as curseur:
        curseur.execute("SET LOCAL enable_seqscan = off")
    assert "enfant_ordre" in Enfant.objects.all()[:10].explain()


@pytest.mark.parametrize(
    ("mot", "trouvees"), [("elem", ["École Élémentaire"]), ("COLLEGE", ["Collège du Parc"]), ("zoo", [])]
)
def test_une_ecole_se_trouve_sans_accents_ni_capitales(mot, trouvees):
    for nom in ("École Élémentaire", "Collège du Parc"):
        fabriques.EcoleFactory(nom=nom)
    assert [ecole.nom for ecole in Ecole.objects.filter(nom__sans_accents=mot)] == trouvees
