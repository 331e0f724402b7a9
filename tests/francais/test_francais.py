"""French as it is printed: typography is exact, to the space."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import phonenumbers
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import francais
from francais import FINE, INSECABLE

LE_8_AVRIL = date(2015, 4, 8)


def test_les_dates_du_guide():
    assert francais.date_longue(LE_8_AVRIL) == "mercredi 8 avril 2015"
    assert francais.date_courte(LE_8_AVRIL) == "08/04/2015"
    assert francais.mois_et_annee(LE_8_AVRIL) == "avril 2015"


def test_le_premier_du_mois_est_le_1er():
    assert francais.jour_et_mois(date(2015, 2, 1)) == "dimanche 1er février"
    assert francais.date_longue(date(2015, 5, 1)) == "vendredi 1er mai 2015"


def test_plusieurs_dates_ecrivent_chaque_mois_une_fois():
    jours = [date(2015, 4, 1), LE_8_AVRIL, date(2015, 5, 6)]
    assert francais.dates_courtes(jours) == "01, 08/04/2015\u00a0; 06/05/2015"
    assert francais.dates_courtes([LE_8_AVRIL]) == "08/04/2015"
    assert francais.dates_courtes([]) == ""


def test_une_periode_d_un_jour_est_ce_jour():
    assert francais.periode(LE_8_AVRIL, LE_8_AVRIL) == "le 08/04/2015"
    assert francais.periode(LE_8_AVRIL, date(2015, 4, 10)) == "du 08/04/2015 au 10/04/2015"


@given(jour=st.dates())
def test_une_date_courte_dit_le_jour_le_mois_et_l_annee(jour):
    assert [int(partie) for partie in francais.date_courte(jour).split("/")] == [jour.day, jour.month, jour.year]


@pytest.mark.parametrize(
    ("moment", "ecrit"),
    [
        (time(12), "12\u00a0h"),
        (time(8, 30), "8\u00a0h\u00a030"),
        (time(7, 5), "7\u00a0h\u00a005"),
    ],
)
def test_les_heures(moment, ecrit):
    assert francais.heure(moment) == ecrit.replace(" ", INSECABLE)


def test_un_moment():
    assert francais.date_et_heure(datetime(2015, 4, 8, 9, 2, tzinfo=UTC)) == "08/04/2015 à 9\u00a0h\u00a002"


@pytest.mark.parametrize(
    ("duree", "ecrit"),
    [
        (timedelta(seconds=-3), "à l’instant"),
        (timedelta(0), "à l’instant"),
        (timedelta(seconds=59), "à l’instant"),
        (timedelta(seconds=60), "il y a 1\u00a0minute"),
        (timedelta(minutes=59, seconds=59), "il y a 59\u00a0minutes"),
        (timedelta(hours=1), "il y a 1\u00a0heure"),
        (timedelta(hours=23, minutes=59), "il y a 23\u00a0heures"),
        (timedelta(days=1), "il y a 1\u00a0jour"),
        (timedelta(days=45), "il y a 45\u00a0jours"),
    ],
)
def test_le_temps_passe(duree, ecrit):
    assert francais.il_y_a(duree) == ecrit


@pytest.mark.parametrize(
    ("montant", "ecrit"),
    [
        (Decimal("120.60"), "120,60"),
        (Decimal("1234.5"), f"1{FINE}234,50"),
        (Decimal("1234567.895"), f"1{FINE}234{FINE}567,90"),
        (Decimal("-0.5"), "−0,50"),
        (0, "0,00"),
    ],
)
def test_les_montants(montant, ecrit):
    assert francais.euros(montant) == f"{ecrit}\u00a0€"


@given(centimes=st.integers(-(10**9), 10**9))
def test_un_montant_ecrit_se_relit_au_centime(centimes):
    montant = Decimal(centimes) / 100
    lu = francais.euros(montant).removesuffix("\u00a0€").replace(FINE, "").replace("−", "-").replace(",", ".")
    assert Decimal(lu) == montant


@pytest.mark.parametrize(
    ("numero", "ecrit"),
    [
        ("01.02.03.04.05", "01 02 03 04 05"),
        ("+33102030405", "01 02 03 04 05"),
        ("+41 22 767 61 11", "+41 22 767 61 11"),
        ("au bureau", "au bureau"),
        (phonenumbers.parse("0611223344", "FR"), "06 11 22 33 44"),
    ],
)
def test_les_telephones(numero, ecrit):
    attendu = ecrit if ecrit == numero == "au bureau" else ecrit.replace(" ", INSECABLE)
    assert francais.telephone(numero) == attendu


@pytest.mark.parametrize(
    ("n", "ecrit"), [(0, "0 message"), (1, "1 message"), (2, "2 messages"), (1200, f"1{FINE}200 messages")]
)
def test_le_pluriel_commence_a_deux(n, ecrit):
    assert francais.pluriel(n, "message") == ecrit.replace(" ", INSECABLE)


def test_un_pluriel_irregulier_se_donne():
    assert francais.pluriel(2, "nouveau message", "nouveaux messages") == "2\u00a0nouveaux messages"


def test_de_s_elide_devant_une_voyelle():
    noms = ["Aaron", "Émilie", "Œdipe", "Yves", "ÉCOLE", "Léa", "Yanis", "Hugo", ""]
    assert [francais.de(nom) for nom in noms] == [
        *("d’Aaron", "d’Émilie", "d’Œdipe", "d’Yves", "d’ÉCOLE"),
        *("de Léa", "de Yanis", "de Hugo", "de "),
    ]


def test_oui_et_non():
    assert (francais.oui_non(True), francais.oui_non(False)) == ("Oui", "Non")


@pytest.mark.parametrize(
    ("texte", "ecrit"),
    [
        ("Léa sera absente.", "Léa sera absente."),
        ("Merci,\n\nLéa\tva là\n", "Merci, Léa va là"),
        ("Léa sera absente mercredi", "Léa sera absente…"),
        ("Léa sera absentes", "Léa sera absentes"),
        ("Léa sera là, puis plus", "Léa sera là, puis…"),
        ("Léa sera absente. Merci", "Léa sera absente…"),
        ("Bonjour à tous, merci", "Bonjour à tous…"),
        ("Elle vient à 8\u00a0h\u00a030", "Elle vient à…"),
        ("http://exemple.fr/menus.pdf", "http://exemple.fr…"),
        ("", ""),
    ],
)
def test_un_texte_s_abrege_entre_deux_mots(texte, ecrit):
    assert francais.abrege(texte, 17) == ecrit


@example(texte="\n0", longueur=1)
@given(texte=st.text(), longueur=st.integers(1, 20))
def test_un_texte_abrege_tient_sur_une_ligne_et_en_est_le_debut(texte, longueur):
    abrege = francais.abrege(texte, longueur)
    assert len(abrege) <= longueur + 1
    assert "\n" not in abrege
    assert "".join(texte.split()).startswith("".join(abrege.removesuffix("…").split()))


def test_une_enumeration_finit_par_et():
    assert [francais.enumerer(mots) for mots in ([], ["un"], ["un", "deux"], ["un", "deux", "trois"])] == [
        "",
        "un",
        "un et deux",
        "un, deux et trois",
    ]
