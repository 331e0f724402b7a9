"""A cell as spreadsheets spoil it, and as the record wants it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from famille.models import Enfant, Responsable
from planning.regles.jours import AUCUN_JOUR, Jours
from portail.importation.lecture import valeurs
from portail.importation.lecture.fautes import Incompris

LUNDI_JEUDI = Jours.LUNDI | Jours.JEUDI
regime, sexe = (valeurs.lecteur_de(Enfant, nom) for nom in ("regime", "sexe"))
civilite = valeurs.lecteur_de(Responsable, "civilite")
situation = valeurs.lecteur_de(Responsable, "situation")


@pytest.mark.parametrize(
    ("lire", "ecrit", "lu"),
    [
        (valeurs.un_jour, "03/06/2007", date(2007, 6, 3)),
        (valeurs.un_jour, "3.6.2007", date(2007, 6, 3)),
        (valeurs.un_jour, "2007-06-03", date(2007, 6, 3)),
        (valeurs.un_jour, "2007-06-03 00:00:00", date(2007, 6, 3)),
        (valeurs.un_jour, "39236", date(2007, 6, 3)),
        (valeurs.un_telephone, "612345678", "+33612345678"),
        (valeurs.un_telephone, "33612345678", "+33612345678"),
        (valeurs.un_telephone, "06.12.34.56.78", "+33612345678"),
        (valeurs.un_telephone, "+32 470 12 34 56", "+32470123456"),
        (valeurs.un_quotient, "612,40", 612),
        (valeurs.un_quotient, "1 234,5 €", 1235),
        (valeurs.un_code_postal, "1400", "01400"),
        (valeurs.un_numero_de_famille, "1001001818331", "1001001818331"),
        (valeurs.oui_ou_non, "X", True),
        (valeurs.oui_ou_non, "Non", False),
        (civilite, "Mlle", "MME"),
        (civilite, "M.", "M"),
        (situation, "marie", "marie"),
        (situation, "Mariée", "marie"),
        (sexe, "masculin", "G"),
        (regime, "Panier repas", "panier_repas"),
        (valeurs.des_jours, "lundi et jeudi", LUNDI_JEUDI),
        (valeurs.des_jours, "Lu, Je", LUNDI_JEUDI),
        (valeurs.des_jours, "aucun", AUCUN_JOUR),
        (valeurs.des_semaines, "Semaines paires", 0),
        (valeurs.des_semaines, "toutes", -1),
        (valeurs.un_jour_d_inscription, "01/09/2014", date(2014, 9, 1)),
        (valeurs.un_prenom(Enfant, "prenom"), "JEAN-PIERRE", "Jean-Pierre"),
        (valeurs.un_prenom(Enfant, "prenom"), "zoé", "Zoé"),
        (valeurs.un_prenom(Enfant, "prenom"), "LouAnn", "LouAnn"),
        (valeurs.un_nom(Enfant, "nom"), "d’Été", "D’ÉTÉ"),
    ],
)
def test_une_cellule_se_lit(lire, ecrit, lu):
    assert lire(ecrit) == lu


@pytest.mark.parametrize(
    ("lire", "ecrit", "attendu"),
    [
        (valeurs.un_jour, "03/06/07", "sur quatre chiffres"),
        (valeurs.un_jour, "31/02/2007", "n’existe pas"),
        (valeurs.un_telephone, "06 12 34 56", "un seul numéro"),
        (valeurs.un_telephone, "0612345678 / 0512345678", "un seul numéro"),
        (valeurs.un_quotient, "six cents", "en euros"),
        (valeurs.un_quotient, "-3", "en euros"),
        (valeurs.un_quotient, "NaN", "en euros"),
        (valeurs.un_code_postal, "314", "5 chiffres"),
        (valeurs.un_numero_de_famille, "1,00100181833E+12", "format « Texte »"),
        (valeurs.un_numero_de_famille, "12", "13 chiffres"),
        (valeurs.oui_ou_non, "peut-être", "« oui » ou « non »"),
        (civilite, "Dr", "« Monsieur » et « Madame »"),
        (valeurs.des_jours, "m", "« lundi, jeudi »"),
        (valeurs.des_semaines, "deux", "« paires » ou « impaires »"),
        (valeurs.un_jour_d_inscription, "01/09/0205", "vérifiez l’année"),
        (valeurs.un_jour_d_inscription, "31/12/9999", "vérifiez l’année"),
        (valeurs.un_code_postal, "٣١٤٠٠", "5 chiffres"),
        (valeurs.lecteur_de(Enfant, "nom"), "#N/A", "erreur"),
        (valeurs.lecteur_de(Enfant, "nom"), "123", "au moins une lettre"),
        (valeurs.lecteur_de(Enfant, "nom"), "x" * 101, "100 caractères au plus"),
        (valeurs.lecteur_de(Enfant, "date_naissance"), "01/01/2990", "à venir"),
        (valeurs.un_courriel(Responsable, "email"), "jean@", "e-mail"),
    ],
)
def test_une_cellule_incomprise_dit_ce_qui_etait_attendu(lire, ecrit, attendu):
    with pytest.raises(Incompris) as refus:
        lire(ecrit)
    assert attendu in str(refus.value).replace("\u00a0", " ")


@given(st.dates(date(1940, 1, 1), date(2099, 12, 31)))
def test_un_jour_se_lit_quelle_que_soit_son_ecriture(jour):
    rang = (jour - date(1899, 12, 30)).days
    assert {valeurs.un_jour(ecrit) for ecrit in (f"{jour:%d/%m/%Y}", jour.isoformat(), str(rang))} == {jour}


@given(
    st.text(max_size=40),
    st.sampled_from([valeurs.un_jour, valeurs.un_telephone, valeurs.un_quotient, valeurs.des_jours]),
)
def test_n_importe_quel_texte_se_lit_ou_se_refuse_en_une_phrase(texte, lire):
    try:
        lu = str(lire(valeurs.normaliser(texte) or "x"))
    except Incompris as attendu:
        lu = str(attendu)
    assert lu
