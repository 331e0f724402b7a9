"""What an agent types, read in each of the ways it may be meant."""

import pytest

from portail.guichet.recherche.saisie import Saisie


@pytest.mark.parametrize(
    "texte",
    [
        *("06 11 22 33 44", "0611223344", "06.11.22.33.44", "06-11-22-33-44", " 06 11\u00a022 33 44 ", "611223344"),
        *("+33 6 11 22 33 44", "+33 (0)6 11223344", "0033611223344"),
    ],
)
def test_un_telephone_s_ecrit_de_toutes_les_facons(texte):
    saisie = Saisie.lire(texte)
    assert (saisie.telephone, saisie.est_un_telephone_entier, saisie.mots) == ("611223344", True, [])


@pytest.mark.parametrize("texte", ["AL-36", "al 36", "AL36", "Facture AL-36", "avoir al-36"])
def test_une_operation_se_nomme(texte):
    assert (Saisie.lire(texte).reference, Saisie.lire(texte).mots) == (("AL", 36), [])


@pytest.mark.parametrize("texte", ["36", "n° 36", "Demande n° 36", "demande 36"])
def test_un_numero_seul_est_celui_d_une_demande_ou_d_une_operation(texte):
    assert (Saisie.lire(texte).numero, Saisie.lire(texte).reference) == (36, None)


def test_un_numero_de_famille_en_entier_ou_en_partie():
    assert Saisie.lire("1001001818331").est_un_numero_de_famille_entier
    assert Saisie.lire("1 001 001 818 331").numero_de_famille == "1001001818331"
    assert Saisie.lire("818331").numero_de_famille == "818331"
    assert not Saisie.lire("818").numero_de_famille


def test_une_adresse_e_mail_n_est_pas_des_mots():
    saisie = Saisie.lire("Sophie.Martin@example.org")
    assert (saisie.courriel, saisie.mots) == ("Sophie.Martin@example.org", [])


def test_le_reste_est_des_mots():
    assert Saisie.lire("Léa d’Auvergne").mots == ["lea", "d", "auvergne"]
    assert not Saisie.lire("  ")
    assert Saisie.lire("e" * 500).texte == "e" * 100
