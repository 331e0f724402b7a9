"""A file of twenty-five different faults: as many clear lines, nothing written. Corrected, it is; again, no change."""

from famille.models import Enfant, Famille
from planning.models import Inscription

SAINE = {
    "Référence famille": "F-{}",
    "Titulaire civilité": "M.",
    "Titulaire nom": "DURAND",
    "Titulaire prénom": "Jean {}",
    "Titulaire code postal": "31400",
    "Titulaire mobile": "06 12 34 56 78",
    "Titulaire e-mail": "jean{}@example.org",
    "N° allocataire": "1234567",
    "QF": "612",
    "QF depuis le": "01/09/2014",
    "Référence enfant": "E-{}",
    "Enfant nom": "DURAND",
    "Enfant prénom": "Léa {}",
    "Sexe": "F",
    "Date de naissance": "03/06/2010",
    "École": "École Jean-Moulin",
    "Classe": "CE1",
    "Régime alimentaire": "Standard",
    "Droit à l’image": "oui",
    "Prestation 1": "Garderie matin",
    "Inscrit du 1": "01/09/2014",
    "Inscrit au 1": "03/07/2015",
    "Jours 1": "lundi",
    "Semaines 1": "",
    "Prestation 2": "",
    "Inscrit du 2": "",
    "Jours 2": "",
    "N° famille": "",
}
# What is wrong on each line, in which column it is told, and what was expected.
FAUTES = [
    ({"Titulaire civilité": "Docteur"}, "Titulaire civilité", "au choix"),
    ({"Titulaire nom": "12"}, "Titulaire nom", "au moins une lettre"),
    ({"Titulaire prénom": ""}, "Titulaire prénom", "a un titulaire, nom et prénom"),
    ({"Titulaire code postal": "314"}, "Titulaire code postal", "5 chiffres"),
    ({"Titulaire mobile": "06 12 34"}, "Titulaire mobile", "un seul numéro de téléphone"),
    ({"Titulaire e-mail": "jean"}, "Titulaire e-mail", "e-mail valide"),
    ({"N° allocataire": "12"}, "N° allocataire", "de 5 à 10 chiffres"),
    ({"QF": "six cents"}, "QF", "un quotient familial en euros"),
    ({"QF depuis le": ""}, "QF", "Attendu aussi"),
    ({"QF depuis le": "2014"}, "QF depuis le", "une date"),
    ({"Référence enfant": "", "Enfant nom": ""}, "Enfant nom", "un nom, un prénom et une date de naissance"),
    ({"Sexe": "X"}, "Sexe", "« Fille » et « Garçon »"),
    ({"Date de naissance": "31/02/2010"}, "Date de naissance", "n’existe pas"),
    ({"Date de naissance": "03/06/2090"}, "Date de naissance", "à venir"),
    ({"École": "École du Parc"}, "École", "Inconnue du portail"),
    ({"Classe": "6e B"}, "Classe", "au choix"),
    ({"Régime alimentaire": "halal"}, "Régime alimentaire", "au choix"),
    ({"Droit à l’image": "parfois"}, "Droit à l’image", "« oui » ou « non »"),
    ({"Prestation 1": "Piscine"}, "Prestation 1", "Inconnue du portail"),
    ({"Inscrit du 1": ""}, "Inscrit du 1", "un premier jour"),
    ({"Inscrit au 1": "01/08/2014"}, "Prestation 1", "La fin doit suivre le début"),
    ({"Jours 1": "tous"}, "Jours 1", "des jours, comme"),
    ({"Semaines 1": "3"}, "Semaines 1", "« paires » ou « impaires »"),
    ({"N° famille": "1001001999999"}, "N° famille", "Aucune famille n’a ce numéro"),
    ({"Prestation 2": "Garderie matin", "Inscrit du 2": "01/10/2014"}, "Prestation 2", "déjà inscrit"),
]


def _ligne(rang: int) -> dict[str, str]:
    # Letters: a first name has no digit.
    return {titre: valeur.replace("{}", "ABCDEFGHIJKLMNOPQRSTUVWXY"[rang]) for titre, valeur in SAINE.items()}


def test_vingt_cinq_fautes_font_vingt_cinq_lignes_puis_rien_puis_tout(importer):
    fautives = [_ligne(rang) | faute for rang, (faute, _, _) in enumerate(FAUTES)]
    fautes = importer(*fautives).fautes
    assert [(faute.ligne, faute.colonne) for faute in fautes] == [
        (rang, colonne) for rang, (_, colonne, _) in enumerate(FAUTES, 2)
    ]
    for faute, (_, _, attendu) in zip(fautes, FAUTES, strict=True):
        assert attendu in faute.attendu.replace("\u00a0", " "), faute
    assert not Famille.objects.exists()
    saines = [_ligne(rang) for rang in range(len(FAUTES))]
    assert importer(*saines).fait
    assert (Famille.objects.count(), Enfant.objects.count(), Inscription.objects.count()) == (25, 25, 25)
    assert importer(*saines).ne_change_rien
    assert (Famille.objects.count(), Enfant.objects.count(), Inscription.objects.count()) == (25, 25, 25)


def test_une_faute_dit_la_ligne_la_colonne_la_valeur_et_ce_qui_etait_attendu(importer):
    (faute,) = importer(_ligne(0) | {"QF": "six cents"}).fautes
    assert str(faute).replace("\u00a0", " ") == (
        "Ligne 2, « QF » : « six cents ». Attendu : un quotient familial en euros, comme 612 ou 612,40."
    )
