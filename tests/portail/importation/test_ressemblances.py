"""Who looks like somebody, without a number or a reference that tells: said, never guessed. Contradictions too."""

import pytest

from famille.models import Famille

JEAN = {"Titulaire nom": "DUPONT", "Titulaire prénom": "Jean"}
LEA = {"Enfant nom": "DUPONT", "Enfant prénom": "Léa", "Date de naissance": "03/06/2007"}
REF = {"Référence famille": "F-1"}


@pytest.mark.parametrize(
    ("lignes", "ligne", "colonne", "attendu"),
    [
        ([JEAN], 2, "Titulaire nom", "Ressemble à DUPONT Jean et Jeanne, 1 enfant (n° 1001001818331)"),
        ([REF | JEAN | LEA], 2, "Enfant prénom", "Un enfant pareil existe déjà : DUPONT Léa, née le 03/06/2007"),
        (
            [{"N° famille": "1001001818331"} | LEA | {"Date de naissance": "03/06/2008"}],
            2,
            "Enfant prénom",
            "est déjà dans cette famille",
        ),
        (
            [{"N° famille": "1001001818331", "Titulaire nom": "PETIT", "Titulaire prénom": "Zoé"}],
            2,
            "Titulaire nom",
            "Le titulaire de cette famille est Jean DUPONT",
        ),
        (
            [REF | JEAN, REF | {"Titulaire nom": "DURAND"}],
            3,
            "Titulaire nom",
            "La ligne 2, de la même famille, dit « DUPONT »",
        ),
        (
            [REF | JEAN | {"QF": "1", "QF depuis le": "01/09/2014"}, REF | {"QF": "2", "QF depuis le": "01/09/2014"}],
            3,
            "QF",
            "dit 1 depuis le même jour",
        ),
        ([LEA | {"Titulaire prénom": "Jean"}], 2, "", "De quelle famille ?"),
        (
            [
                REF
                | JEAN
                | LEA
                | {"Enfant nom": "X", "Prestation 1": "Étude", "Inscrit du 1": "01/09/2014", "Semaines 1": "paires"}
            ],
            2,
            "Semaines 1",
            "les jours réguliers de ces semaines",
        ),
        (
            [{"N° famille": "1001001818331", "Prestation 1": "Étude", "Inscrit du 1": "01/09/2014"}],
            2,
            "Prestation 1",
            "Aucun enfant",
        ),
        (
            [{"N° famille": "1001001818331"}, REF | JEAN, {"N° famille": "1001001818331"} | REF],
            4,
            "Référence famille",
            "ligne 3",
        ),
    ],
)
def test_ce_qui_ne_se_devine_pas_se_dit(importer, dupont, lignes, ligne, colonne, attendu):
    (faute,) = importer(*lignes).fautes
    assert (faute.ligne, faute.colonne) == (ligne, colonne)
    assert attendu in faute.attendu.replace("\u00a0", " ")
    assert Famille.objects.count() == 1


def test_le_meme_enfant_dans_deux_familles_veut_une_reference(importer):
    un, autre = (
        {"Référence famille": f"F-{n}", "Titulaire nom": f"DURAND {n}", "Titulaire prénom": "Jean"} for n in "AB"
    )
    (faute,) = importer(un | LEA, autre | LEA).fautes
    assert (faute.ligne, faute.colonne) == (3, "Enfant prénom")
    assert "garde alternée" in faute.attendu


def test_la_reference_d_une_autre_famille_se_dit(importer, dupont, martin):
    Famille.objects.filter(pk=martin.famille.pk).update(reference="F-1")
    (faute,) = importer({"N° famille": "1001001818331"} | REF).fautes
    assert faute.attendu == "Cette référence est celle de MARTIN (1001001818332)."


def test_deux_cles_d_une_meme_famille_se_disent(importer, dupont):
    Famille.objects.filter(pk=dupont.famille.pk).update(reference="F-1")
    (faute,) = importer({"N° famille": "1001001818331"}, REF | {"Titulaire ville": "X"}).fautes
    assert "sous une autre clé" in faute.attendu
