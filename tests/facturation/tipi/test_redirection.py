"""What leaves for TIPI, parameter by parameter, for every amount and every name."""

import re
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from facturation.tipi.factice.formulaires import DemandeRecueForm
from facturation.tipi.formulaires import PaiementForm
from facturation.tipi.passerelle import (
    DemandeDePaiement,
    DemandeRefusee,
    Tipi,
    TipiFactice,
    adresse_de_notification,
    jeton,
    jeton_juste,
    lire,
    objet,
    passerelle,
)

JUSTE = DemandeDePaiement(
    numcli="012345",
    exer="2015",
    refdet="AL36C0FFEE",
    objet="Facture AL 36 Regie garderie ALSH",
    montant=Decimal("120.60"),
    courriel="jean.dupont@wanadoo.fr",
    saisie="T",
)
MONTANTS = st.decimals(min_value="1.00", max_value="9999.99", places=2)


def parametres(demande: DemandeDePaiement) -> dict[str, str]:
    return {nom: valeur for nom, (valeur,) in parse_qs(urlsplit(Tipi().adresse(demande)).query).items()}


def avec(**champs: str | Decimal) -> DemandeDePaiement:
    return DemandeDePaiement(**{nom: champs.get(nom, getattr(JUSTE, nom)) for nom in DemandeDePaiement.__slots__})


def test_chaque_parametre_part_comme_le_tresor_public_le_veut():
    assert parametres(JUSTE) == {
        "numcli": "012345",
        "exer": "2015",
        "refdet": "AL36C0FFEE",
        "objet": "Facture AL 36 Regie garderie ALSH",
        "montant": "12060",
        "mel": "jean.dupont@wanadoo.fr",
        "saisie": "T",
        "urlcl": adresse_de_notification("AL36C0FFEE"),
    }


@given(montant=MONTANTS)
def test_le_montant_part_en_centimes_au_centime_pres(montant):
    envoyes = parametres(avec(montant=montant))
    assert Decimal(envoyes["montant"]) == montant * 100
    assert DemandeRecueForm(envoyes).is_valid()


@given(montant=MONTANTS)
def test_le_montant_revient_tel_qu_il_est_parti(montant):
    corps = f"refdet=AL36C0FFEE&resultrans=P&montant={parametres(avec(montant=montant))['montant']}"
    assert lire(corps).montant == montant


@pytest.mark.parametrize("montant", ["0.99", "0.00", "-5.00", "10000.00", "9999.991", "1.005", "NaN"])
def test_un_montant_que_tipi_ne_prend_pas_ne_part_pas(montant):
    with pytest.raises(DemandeRefusee):
        Tipi().adresse(avec(montant=Decimal(montant)))


@pytest.mark.parametrize(
    ("champ", "valeur"),
    [
        ("numcli", ""),
        ("numcli", "12345"),
        ("numcli", "12345a"),
        ("numcli", "١٢٣٤٥٦"),
        ("exer", "15"),
        ("refdet", "AL-36"),
        ("refdet", "AL36"),
        ("refdet", "A" * 31),
        ("objet", "Régie"),
        ("objet", ""),
        ("objet", "x" * 101),
        ("courriel", "a@b.f"),
        ("courriel", f"{'a' * 70}@example.fr"),
        ("courriel", "rené@example.fr"),
        ("saisie", "P"),
        ("saisie", ""),
    ],
)
def test_ce_que_tipi_refuserait_ne_part_pas(champ, valeur):
    with pytest.raises(DemandeRefusee, match="mel" if champ == "courriel" else champ):
        Tipi().adresse(avec(**{champ: valeur}))


@given(nom=st.text(max_size=300))
def test_l_objet_est_en_lettres_simples_quel_que_soit_le_nom(nom):
    assert re.fullmatch(r"[A-Za-z0-9 ]{10,100}", objet(f"Facture AL-36 {nom}"))


def test_l_objet_garde_les_lettres_des_noms_accentues():
    assert objet("Facture AL-36 Régie d’Œuvres & garderie « Été »") == "Facture AL 36 Regie d OEuvres garderie Ete"


@pytest.mark.parametrize(
    ("courriel", "accepte"),
    [
        ("a@b.fr", True),
        ("jean.dupont+cantine@wanadoo.fr", True),
        (f"{'a' * 60}@{'b' * 16}.fr", True),
        (f"{'a' * 60}@{'b' * 17}.fr", False),
        ("", False),
        ("jean.dupont", False),
        ("a@b", False),
        ("rené@wanadoo.fr", False),
        ("jean@bücher.fr", False),
        ("jean@wanadoo.fr\nBcc: x@y.fr", False),
        ("a@b.fr,c@d.fr", False),
    ],
)
def test_l_adresse_du_recu_est_verifiee(courriel, accepte):
    assert PaiementForm({"courriel": courriel}).is_valid() == accepte


def test_le_jeton_est_celui_d_une_seule_reference(settings):
    signe = jeton("AL36C0FFEE")
    assert jeton_juste("AL36C0FFEE", signe)
    assert not jeton_juste("AL37C0FFEE", signe)
    settings.SECRET_KEY = "autre"
    assert not jeton_juste("AL36C0FFEE", signe)


def test_la_passerelle_est_le_tresor_public_ou_sa_doublure(settings):
    reverse("accueil")  # the addresses are those of a portal with its stand-in, whatever the next lines say
    assert isinstance(passerelle(), TipiFactice)
    assert passerelle().adresse(JUSTE).startswith("/tipi-factice/paiement/?numcli=012345&")
    settings.TIPI_FACTICE = False
    assert passerelle().adresse(JUSTE).startswith("https://www.payfip.gouv.fr/tpa/paiement.web?numcli=012345&")


def test_la_doublure_ne_notifie_que_ce_portail():
    recue = parametres(JUSTE)
    for ailleurs in ("https://example.org/", adresse_de_notification("AL37C0FFEE")):
        assert not DemandeRecueForm(recue | {"urlcl": ailleurs}).is_valid()
