"""What cannot be is refused with its sentence, at the parents' forms as at the agents'."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from demandes.genre.saisie import saisie
from demandes.types import GENRES
from famille import vraisemblance
from tests.planning.conftest import jeudi_2_avril

__all__ = ["jeudi_2_avril"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("jeudi_2_avril")]

ASSURANCE = {"compagnie": "MAE", "numero_contrat": "1"}

# kind, of a child, what is typed, the field that is refused (« __all__ » for a row of a list), its sentence.
IMPOSSIBLES = [
    ("caf", False, {"numero_allocataire": "ABC"}, "numero_allocataire", "de 5 à 10 chiffres"),
    ("caf", False, {"numero_allocataire": "1234567890123"}, "numero_allocataire", "de 5 à 10 chiffres"),
    ("caf", False, {"quotient": "500", "date_effet": "2031-01-01"}, "date_effet", "trop lointaine"),
    ("caf", False, {"quotient": "500", "date_effet": "1915-01-01"}, "date_effet", "trop lointaine"),
    ("fiscales", False, {"annee": "2030"}, "annee", "de 2000 à 2014"),
    ("fiscales", False, {"annee": "2015"}, "annee", "de 2000 à 2014"),
    ("fiscales", False, {"parts": "2,3"}, "parts", "par quarts"),
    ("fiscales", False, {"parts": "99"}, "parts", "par quarts"),
    ("responsable", False, {"nom": "123"}, "nom", "au moins une lettre"),
    ("responsable", False, {"prenom": "--"}, "prenom", "au moins une lettre"),
    ("responsable", False, {"code_postal": "3140"}, "code_postal", "5 chiffres"),
    ("conjoint", False, {"nom": "…"}, "nom", "au moins une lettre"),
    ("bancaires", False, {"bic": "ABC"}, "bic", "BIC"),
    ("assurance", True, ASSURANCE | {"expire_le": "2014-12-31"}, "expire_le", "a expiré"),
    ("assurance", True, ASSURANCE | {"expire_le": "2051-08-31"}, "expire_le", "trop lointaine"),
    ("identite", True, {"date_naissance": "2031-01-01"}, "date_naissance", "à venir"),
    ("identite", True, {"date_naissance": "1950-01-01"}, "date_naissance", "trop ancienne"),
    ("responsable", False, {"ville": "0000"}, "ville", "au moins une lettre"),
    ("medecin", True, {"medecin_nom": "12345"}, "medecin_nom", "au moins une lettre"),
    ("identite", True, {"prenom": "7"}, "prenom", "au moins une lettre"),
    ("medecin", True, {"medecin_telephone": "demain"}, "medecin_telephone", "10 chiffres"),
    ("vaccins", True, {"n1-vaccin": "ROR", "n1-date": "2031-01-01"}, "__all__", "à venir"),
    ("vaccins", True, {"n1-vaccin": "ROR", "n1-date": "1999-01-01"}, "n1-date", "précède la naissance"),
    ("personnes-autorisees", True, {"n1-prenom": "1", "n1-nom": "2"}, "__all__", "au moins une lettre"),
    ("personnes-interdites", True, {"n1-prenom": "A", "n1-nom": "2"}, "__all__", "au moins une lettre"),
    ("ajouter-enfant", False, {"arrivee_souhaitee": "2014-09-01"}, "arrivee_souhaitee", "est passée"),
    ("ajouter-enfant", False, {"arrivee_souhaitee": "2051-09-01"}, "arrivee_souhaitee", "trop lointaine"),
    ("ajouter-enfant", False, {"date_naissance": "2031-01-01"}, "date_naissance", "à venir"),
    ("ajouter-enfant", False, {"date_naissance": "1950-01-01"}, "date_naissance", "trop ancienne"),
]


@pytest.mark.parametrize(("code", "d_un_enfant", "champs", "champ", "phrase"), IMPOSSIBLES)
def test_ce_qui_ne_se_peut_pas_n_est_pas_demande(dupont, code, d_un_enfant, champs, champ, phrase):
    genre, enfant = GENRES.pour(code), dupont.enfants[0] if d_un_enfant else None
    contenu = genre(dupont.famille, enfant, saisie(genre(dupont.famille, enfant)) | champs)
    assert phrase in " ".join(contenu.errors[champ])


def test_une_assurance_qui_a_fini_depuis_n_empeche_pas_de_corriger_son_numero(dupont, jeudi_2_avril):
    jeudi_2_avril.move_to("2016-01-05 08:00+01:00")
    genre, (lea,) = GENRES.pour("assurance"), dupont.enfants
    contenu = genre(dupont.famille, lea, saisie(genre(dupont.famille, lea)) | {"numero_contrat": "42"})
    assert contenu.is_valid(), contenu.errors


@pytest.mark.parametrize(
    ("juger", "valeur"),
    [
        (vraisemblance.numero_d_allocataire, "1234567"),
        (vraisemblance.numero_d_allocataire, "1234567 A"),
        (vraisemblance.nom_de_personne, "’t Hooft"),
        (vraisemblance.nom_de_personne, "Ó"),
        (vraisemblance.annee_de_revenus, 2014),
        (vraisemblance.annee_de_revenus, 2000),
        (vraisemblance.parts_fiscales, Decimal("2.75")),
        (vraisemblance.parts_fiscales, Decimal(20)),
        (vraisemblance.date_d_un_quotient, date(2000, 1, 1)),
        (vraisemblance.date_d_un_quotient, date(2016, 4, 2)),
        (vraisemblance.deja_fait, date(2015, 4, 2)),
        (vraisemblance.encore_valable, date(2015, 4, 2)),
        (vraisemblance.encore_valable, date(2020, 4, 5)),
        (vraisemblance.arrivee_a_venir, date(2015, 4, 2)),
        (vraisemblance.arrivee_a_venir, date(2018, 4, 4)),
        (vraisemblance.telephone_ecrit, "05 61 00 00 00 (secrétariat)"),
    ],
)
def test_ce_qui_se_peut_passe_jusqu_a_la_borne(juger, valeur):
    assert juger(valeur) is None, "a validator says nothing, or raises"


@pytest.mark.parametrize(
    ("juger", "valeur"),
    [
        (vraisemblance.annee_de_revenus, 1999),
        (vraisemblance.annee_de_revenus, 2015),
        (vraisemblance.deja_fait, date(2015, 4, 3)),
        (vraisemblance.encore_valable, date(2015, 4, 1)),
        (vraisemblance.encore_valable, date(2020, 4, 6)),
        (vraisemblance.arrivee_a_venir, date(2015, 4, 1)),
        (vraisemblance.arrivee_a_venir, date(2018, 4, 5)),
        (vraisemblance.date_d_un_quotient, date(1999, 12, 31)),
        (vraisemblance.date_d_un_quotient, date(2016, 4, 3)),
        (vraisemblance.telephone_ecrit, "05 61 00 00 0"),
        (vraisemblance.parts_fiscales, Decimal("20.25")),
    ],
)
def test_ce_qui_depasse_la_borne_ne_passe_pas(juger, valeur):
    with pytest.raises(ValidationError):
        juger(valeur)


@pytest.mark.parametrize(
    ("modele", "envoi", "phrase"),
    [
        ("informationscaf", {"numero_allocataire": "ABC", "regime": ""}, "de 5 à 10 chiffres"),
        ("quotientfamilial", {"valeur": "500", "date_effet": "01/01/2031"}, "trop lointaine"),
        ("informationsfiscales", {"annee": "2030", "revenu_fiscal_reference": "1", "parts": "2"}, "de 2000 à 2014"),
        ("informationsfiscales", {"annee": "2013", "revenu_fiscal_reference": "1", "parts": "2.3"}, "par quarts"),
        ("responsable", {"role": "titulaire", "nom": "12", "prenom": "Jean"}, "au moins une lettre"),
    ],
)
def test_l_agent_lit_les_memes_phrases(client, directrice, dupont, nouveau, modele, envoi, phrase):
    client.force_login(directrice)
    reponse = client.post(reverse(f"admin:famille_{modele}_add"), {"famille": nouveau.famille.pk} | envoi)
    assert reponse.status_code == 200
    assert phrase in reponse.content.decode()


@pytest.mark.parametrize(("expire", "phrase"), [("01/04/2015", "a expiré"), ("01/04/2031", "trop lointaine")])
def test_l_agent_ne_saisit_pas_une_assurance_finie(client, directrice, dupont, expire, phrase):
    (lea,) = dupont.enfants
    client.force_login(directrice)
    adresse = reverse("admin:famille_enfant_change", args=[lea.pk])
    envoi = formulaire_admin(client.get(adresse))
    assert client.post(adresse, envoi).status_code == 302
    assert phrase in client.post(adresse, envoi | {"assurance-0-expire_le": expire}).content.decode()


def test_l_agent_ne_saisit_pas_un_vaccin_d_avant_la_naissance_ni_a_venir(client, directrice, dupont):
    (lea,) = dupont.enfants
    client.force_login(directrice)
    adresse = reverse("admin:famille_fichesanitaire_change", args=[lea.fiche_sanitaire.pk])
    envoi = formulaire_admin(client.get(adresse))
    for jour, phrase in (("01/01/1999", "précède la naissance"), ("01/01/2031", "à venir")):
        assert phrase in client.post(adresse, envoi | {"vaccinations-0-date": jour}).content.decode()


def formulaire_admin(reponse) -> dict:
    """What the browser would send of an admin page that nobody touched."""
    contexte = reponse.context
    envoi = saisie(contexte["adminform"].form)
    for groupe in contexte["inline_admin_formsets"]:
        envoi |= saisie(groupe.formset.management_form)
        for form in groupe.formset.forms:
            envoi |= saisie(form)
    return {nom: valeur for nom, valeur in envoi.items() if valeur is not None}
