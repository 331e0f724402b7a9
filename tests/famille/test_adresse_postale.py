"""An address on an envelope, as the Post's machines read it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from famille.adresse_postale import LARGEUR_LIGNE, LIGNES_MAX, lignes_postales
from famille.models import Responsable


@pytest.fixture
def jean() -> Responsable:
    return Responsable(
        civilite="M",
        nom="DUPONT",
        prenom="Jean",
        adresse="12 RUE DES BONBONS",
        code_postal="31400",
        ville="Saint-Jean",
    )


def test_la_commune_s_ecrit_comme_la_poste_la_lit(jean):
    jean.ville = "L’Haÿ-les-Roses"

    assert lignes_postales(jean)[-1] == "31400 L HAY LES ROSES"


@pytest.mark.parametrize(
    ("ville", "ligne"),
    [
        ("Saint-Rémy-en-Bouzemont-Saint-Genest-et-Isson", "31400 ST REMY EN BOUZEMONT ST GENEST"),
        ("Sainte-Marguerite-de-Carrouges-les-Bains", "31400 STE MARGUERITE DE CARROUGES LES"),
    ],
)
def test_une_commune_trop_longue_s_abrege_comme_le_fait_la_poste(jean, ville, ligne):
    jean.ville = ville

    assert lignes_postales(jean)[-1] == ligne


def test_sans_adresse_la_lettre_se_remet_en_main_propre(jean):
    jean.adresse = jean.code_postal = jean.ville = ""

    assert lignes_postales(jean) == ["Monsieur Jean DUPONT"]


@given(*[st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), max_size=100) for _ in range(4)])
def test_jamais_plus_de_six_lignes_de_trente_huit_caracteres(nom, prenom, adresse, ville):
    r = Responsable(nom=nom, prenom=prenom, adresse=adresse * 2, code_postal="31400", ville=ville)

    lignes = lignes_postales(r)

    assert len(lignes) <= LIGNES_MAX
    assert all(len(ligne) <= LARGEUR_LIGNE for ligne in lignes)
    assert lignes[-1].startswith("31400")


def test_sans_civilite_le_nom_commence_la_ligne(jean):
    jean.civilite = ""

    assert lignes_postales(jean)[0] == "Jean DUPONT"


def test_un_nom_tient_en_deux_lignes(jean):
    jean.prenom, jean.nom = "Marie-Antoinette Joséphine Bernadette", "DE LA TOUR D’AUVERGNE-LAURAGUAIS DE MONTESQUIEU"

    assert lignes_postales(jean) == [
        "Monsieur Marie-Antoinette Joséphine",
        "Bernadette DE LA TOUR D’AUVERGNE-",
        "12 RUE DES BONBONS",
        "31400 SAINT JEAN",
    ]


def test_d_une_adresse_de_huit_lignes_restent_les_cinq_premieres_et_la_commune(jean):
    voie = [f"Bâtiment {lettre} de la résidence des Chênes" for lettre in "ABCDEF"]
    jean.adresse = " ".join(voie)

    assert lignes_postales(jean) == ["Monsieur Jean DUPONT", *voie[:4], "31400 SAINT JEAN"]


def test_une_commune_qui_tient_juste_ne_s_abrege_pas(jean):
    jean.ville = "Saint-Julien-Chapteuil-les-Bains"

    assert lignes_postales(jean)[-1] == "31400 SAINT JULIEN CHAPTEUIL LES BAINS"
