"""What the list shows, the addresses that say so, and the tabs and filters above it."""

import pytest
from django.http import QueryDict

from demandes.genre.onglet import MES_ENFANTS, MON_COMPTE
from demandes.liste.choix import Choix
from demandes.liste.filtres import Filtre, par_enfant, par_genre, par_onglet
from demandes.models import Demande
from demandes.types import GENRES
from famille.models import Enfant

LEA, TOM, NINA = (Enfant(pk=rang, prenom=nom) for rang, nom in enumerate(("Léa", "Tom", "Nina"), start=1))
REGIME, ABSENCE, ASSURANCE = (GENRES.pour(code) for code in ("regime", "absence", "assurance"))


def une(type: str, enfant: Enfant | None = None, **champs: object) -> Demande:
    return Demande(type=type, enfant=enfant, **champs)


def lus(adresse: str) -> dict[str, str]:
    return QueryDict(adresse.removeprefix("?")).dict()


@pytest.mark.parametrize(
    ("choix", "retenues"),
    [
        (Choix(MON_COMPTE), ["caf"]),
        (Choix(MES_ENFANTS), ["regime de Léa", "regime de Tom", "absence de Léa"]),
        (Choix(MES_ENFANTS, REGIME), ["regime de Léa", "regime de Tom"]),
        (Choix(MES_ENFANTS, enfant=LEA), ["regime de Léa", "absence de Léa"]),
        (Choix(MES_ENFANTS, REGIME, TOM), ["regime de Tom"]),
    ],
)
def test_se_retient_ce_qui_est_de_l_onglet_du_genre_et_de_l_enfant(choix, retenues):
    demandes = {
        "caf": une("caf"),
        "regime de Léa": une("regime", LEA),
        "regime de Tom": une("regime", TOM),
        "absence de Léa": une("absence", LEA),
    }
    assert [nom for nom, demande in demandes.items() if choix.retient(demande)] == retenues


def test_une_adresse_garde_les_filtres_et_ne_dit_que_ceux_qu_il_y_a():
    choix = Choix(MES_ENFANTS, REGIME, LEA, toutes=True)
    tout = {"onglet": "mes-enfants", "type": "regime", "enfant": "1", "toutes": "1"}
    assert lus(choix.adresse()) == tout
    assert lus(choix.adresse(enfant="")) == {nom: valeur for nom, valeur in tout.items() if nom != "enfant"}
    assert lus(Choix(MES_ENFANTS).adresse()) == {"onglet": "mes-enfants"}


def test_changer_d_onglet_oublie_le_genre_et_l_enfant():
    choix = Choix(MES_ENFANTS, REGIME, LEA, toutes=True)
    assert lus(choix.adresse(onglet=MON_COMPTE)) == {"onglet": "mon-compte", "toutes": "1"}


def test_chaque_onglet_dit_combien_attendent():
    demandes = [une("regime", LEA), une("caf", decidee_le="2015-04-08"), une("absence", LEA)]
    onglets = {filtre.texte: (filtre.actif, filtre.en_attente) for filtre in par_onglet(Choix(MES_ENFANTS), demandes)}
    assert onglets == {MON_COMPTE.label: (False, 0), MES_ENFANTS.label: (True, 2)}
    assert Filtre("Tout", "?", True).en_attente == 0


def test_un_genre_choisi_reste_la_meme_sans_demande():
    filtres = par_genre(Choix(MES_ENFANTS, ASSURANCE), {"regime": 2})
    assert [(filtre.texte, filtre.actif, filtre.nombre) for filtre in filtres] == [
        ("Tout", False, 2),
        ("Réservations", False, 0),
        ("Absences", False, 0),
        ("Régime alimentaire", False, 2),
        ("Assurance", True, 0),
    ]
    assert [filtre.actif for filtre in par_genre(Choix(MES_ENFANTS), {})] == [True, False, False]


def test_les_enfants_se_choisissent_ou_il_y_en_a_plusieurs():
    assert par_enfant(Choix(MES_ENFANTS), [LEA]) == par_enfant(Choix(MON_COMPTE), [LEA, TOM]) == []
    deux = par_enfant(Choix(MES_ENFANTS, enfant=TOM), [LEA, TOM])
    assert [(f.texte, f.actif) for f in deux] == [("Tous mes enfants", False), ("Léa", False), ("Tom", True)]
    assert par_enfant(Choix(MES_ENFANTS), [LEA, TOM, NINA])[0].actif
