"""The records as the guide shows them: « Informations famille », « Mon conjoint », and a child's."""

from datetime import date

import pytest

from famille.fiches.enfant import sections_enfant
from famille.fiches.famille import FicheFamille
from famille.fiches.section import Section
from famille.models import Enfant, Famille, Responsable
from tests import fabriques

LE_8_AVRIL = date(2015, 4, 8)
INSECABLE = "\N{NO-BREAK SPACE}"
FINE = "\N{NARROW NO-BREAK SPACE}"


def _paires(section: Section) -> dict[str, str]:
    return {champ["libelle"]: champ["valeur"] for champ in section.champs}


def _famille(famille: Famille, vue_par: Responsable) -> dict[str, Section]:
    return {section.code: section for section in FicheFamille(famille, vue_par).sections()}


def _enfant(enfant: Enfant) -> dict[str, Section]:
    return {section.code: section for section in sections_enfant(Enfant.objects.get(pk=enfant.pk), au=LE_8_AVRIL)}


def test_mon_compte_montre_le_premier_tableau_du_guide(dupont):
    section = _famille(dupont.famille, dupont.titulaire)["responsable"]
    assert section.titre == "Mon compte"
    assert _paires(section) == {
        "Civilité": "Monsieur",
        "N° Famille": "1001001818331",
        "Nom": "DUPONT",
        "Prénom": "Jean",
        "Qualité": "Père",
        "Situation": "Séparé",
        "Adresse": "12 RUE DES BONBONS",
        "Code postal": "31400",
        "Ville": "SAINT - JEAN",
        "Téléphone domicile": "01\u00a002\u00a003\u00a004\u00a005",
        "Téléphone prof.": "",
        "Mobile": "",
        "E-mail": "jean.dupont@wanadoo.fr",
        "Titulaire du compte": "DUPONT JEAN",
        "Nom banque": "Banque postale",
        "Profession": "",
        "CSP": "",
        "Employeur": "",
        "Adresse employeur": "",
        "Autorisation e-mail": "Oui",
        "Autorisation SMS": "Non",
        "Organisme rattachement": "0",
    }


def test_mon_conjoint_montre_le_second_tableau_du_guide(dupont):
    section = _famille(dupont.famille, dupont.titulaire)["conjoint"]
    assert section.titre == "Mon conjoint"
    assert _paires(section) == {
        "Nom": "DUPONT",
        "Prénom": "Jeanne",
        "Qualité": "",
        "Adresse": "Lotissement les bons bonbons",
        "Code postal": "31400",
        "Ville": "SAINT - JEAN",
        "Téléphone domicile": "",
        "Téléphone prof.": "",
        "Mobile": "",
        "E-mail": "",
        "Profession": "",
        "CSP": "",
        "Employeur": "",
        "Adresse employeur": "",
        "Autorisation e-mail": "Oui",
        "Autorisation SMS": "Non",
    }


def test_le_conjoint_qui_lit_est_chez_lui(dupont):
    sections = _famille(dupont.famille, vue_par=dupont.conjoint)
    assert sections["conjoint"].titre == "Mon compte"
    assert sections["responsable"].titre == "Mon conjoint"


def test_sans_conjoint_la_section_le_dit(martin):
    section = _famille(martin.famille, martin.titulaire)["conjoint"]
    assert (section.champs, section.vide) == ([], "Aucun conjoint n’est déclaré.")


@pytest.mark.parametrize(
    ("civilite", "situation", "accordee"),
    [
        ("MME", "separe", "Séparée"),
        ("M", "marie", "Marié"),
        ("", "divorce", "Divorcé(e)"),
        ("MME", "veuf", "Veuve"),
        ("M", "veuf", "Veuf"),
        ("MME", "union_libre", "En union libre"),
        ("M", "", ""),
    ],
)
def test_la_situation_s_accorde(civilite, situation, accordee):
    assert Responsable(civilite=civilite, situation=situation).situation_accordee == accordee


def test_les_revenus_d_une_annee_se_lisent_en_francais(dupont):
    fabriques.InformationsFiscalesFactory(famille=dupont.famille, annee=2012, revenu_fiscal_reference=900, parts="2.5")
    section = _famille(dupont.famille, dupont.titulaire)["fiscales"]
    assert section.lignes == [["2013", f"24{FINE}350\u00a0€", "3"], ["2012", "900\u00a0€", "2,50"]]


def test_l_historique_du_quotient_familial_commence_par_le_dernier(dupont):
    fabriques.QuotientFamilialFactory(famille=dupont.famille, valeur=1580, date_effet=date(2015, 1, 1))
    section = _famille(dupont.famille, dupont.titulaire)["caf"]
    assert _paires(section) == {"N° allocataire": "1234567", "Régime": "Régime général (CAF)"}
    assert section.lignes == [["01/01/2015", f"1{FINE}580"], ["01/09/2014", "612"]]


def test_le_quotient_familial_en_vigueur_est_le_dernier_qui_a_pris_effet(dupont):
    fabriques.QuotientFamilialFactory(famille=dupont.famille, valeur=580, date_effet=date(2015, 1, 1))
    veille, jour = date(2014, 12, 31), date(2015, 1, 1)
    assert [dupont.famille.qf_au(j) for j in (date(2014, 8, 31), veille, jour)] == [None, 612, 580]


def test_l_iban_n_est_montre_que_masque(dupont):
    section = _famille(dupont.famille, dupont.titulaire)["bancaires"]
    assert _paires(section)["IBAN"] == "FR14 •••• •••• 2606"
    assert _paires(section)["BIC"] == "PSSTFRPPTOU"


def test_un_dossier_vide_se_lit_sans_erreur(db):
    titulaire = fabriques.ResponsableFactory(telephone_domicile="", email="")
    sections = _famille(titulaire.famille, titulaire)
    assert sections["caf"].vide == ("Aucun quotient familial n’est connu\u00a0: le tarif le plus élevé s’applique.")
    assert sections["bancaires"].champs[2] == {"libelle": "IBAN", "valeur": ""}


def test_la_fiche_d_un_enfant_montre_toutes_ses_sections(dupont):
    sections = _enfant(dupont.enfants[0])
    assert {code: section.titre for code, section in sections.items()} == {
        "identite": "Identité et scolarité",
        "personnes-autorisees": "Personnes autorisées à venir chercher l’enfant",
        "personnes-interdites": "Personnes interdites",
        "medecin": "Médecin",
        "sanitaires": "Données sanitaires",
        "vaccins": "Vaccins",
        "regime": "Régime alimentaire",
        "autorisations": "Autorisations",
        "assurance": "Assurance",
    }
    assert _paires(sections["identite"]) == {
        "Nom": "DUPONT",
        "Prénom": "Léa",
        "Sexe": "Fille",
        "Date de naissance": "03/06/2007",
        "Âge": "7\u00a0ans",
        "École": "École Jean-Moulin",
        "Classe": "CE1",
    }
    assert _paires(sections["medecin"])["Médecin traitant"] == "Dr PETIT"
    assert _paires(sections["sanitaires"])["Allergies"] == "Arachide"
    assert sections["vaccins"].lignes == [["DTP", "12/03/2014"]]


def test_qui_peut_venir_chercher_l_enfant_et_qui_ne_le_peut_pas(dupont):
    lea = dupont.enfants[0]
    fabriques.TiersFactory(enfant=lea, nom="LEROY", prenom="Paul", statut="interdit", telephone="0611223344")
    sections = _enfant(lea)
    assert sections["personnes-autorisees"].lignes == [["Odile BERNARD", "Grand-mère", ""]]
    assert sections["personnes-interdites"].lignes == [["Paul LEROY", "", "06 11 22 33 44".replace(" ", INSECABLE)]]


def test_un_enfant_sans_fiche_sanitaire_se_lit_sans_erreur(db):
    sections = _enfant(fabriques.EnfantFactory())
    assert _paires(sections["identite"])["École"] == ""
    assert set(_paires(sections["sanitaires"]).values()) == {""}
    assert sections["vaccins"].lignes == []
    assert sections["assurance"].alerte == "Aucune attestation d’assurance n’est enregistrée."


@pytest.mark.parametrize(
    ("expire_le", "alerte"),
    [
        (date(2015, 4, 8), ""),
        (date(2015, 4, 7), "Cette assurance est expirée\u00a0: transmettez la nouvelle attestation."),
    ],
)
def test_une_assurance_expiree_se_signale(db, expire_le, alerte):
    enfant = fabriques.AssuranceFactory(expire_le=expire_le).enfant
    assert _enfant(enfant)["assurance"].alerte == alerte


@pytest.mark.parametrize(
    ("naissance", "jour", "age"),
    [
        (date(2007, 4, 8), LE_8_AVRIL, 8),
        (date(2007, 4, 9), LE_8_AVRIL, 7),
        (date(2008, 2, 29), date(2015, 2, 28), 6),
        (date(2008, 2, 29), date(2015, 3, 1), 7),
        (date(2015, 4, 8), LE_8_AVRIL, 0),
    ],
)
def test_l_age_se_compte_en_annees_revolues(naissance, jour, age):
    assert Enfant(date_naissance=naissance).age_au(jour) == age


def test_ce_qui_est_connu_vient_d_abord_et_tous_les_champs_du_guide_restent(client, dupont):
    client.force_login(dupont.compte)
    page = client.get("/mon-compte/").text
    for section in FicheFamille(dupont.famille, vue_par=dupont.titulaire).sections():
        lus = page[page.index(f'id="{section.code}"') :].split("</section>")[0]
        rangs = [lus.index(f"<dt>{champ['libelle']}</dt>") for champ in (*section.remplis, *section.vides)]
        assert rangs == sorted(rangs)
        assert len(rangs) == len(section.champs)
        if section.vides:
            plie = lus[lus.index("<details") : lus.index("</details>")]
            assert all(f"<dt>{champ['libelle']}</dt>" in plie for champ in section.vides)
            assert not any(f"<dt>{champ['libelle']}</dt>" in plie for champ in section.remplis)
