"""The form of the days: those that were chosen, in order, ticked or not, and the month to go back to."""

from datetime import date

import pytest
from django.http import QueryDict

from demandes.erreurs import NeTientPlus
from demandes.types import GENRES, DemandeReservation
from demandes.types.planning.acteur import acteur
from tests.demandes.jours import MERCREDIS, codes
from tests.facturation.fabriques import tarif

pytestmark = pytest.mark.usefixtures("jeudi_2_avril")
PASSE = date(2015, 4, 1)


@pytest.fixture
def ouvrir(dupont, lea):
    return lambda adresse: DemandeReservation.ouvrir(dupont.famille, lea, QueryDict(adresse))


@pytest.fixture
def sans_juger(dupont, lea):
    return lambda envoi: DemandeReservation.sans_juger(dupont.famille, lea, QueryDict(envoi))


def lus(voulus) -> list[tuple[str, date]]:
    return [(voulu.inscription.prestation.nom, voulu.jour) for voulu in voulus]


def test_les_jours_de_plusieurs_activites_se_lisent_dans_l_ordre_du_calendrier(ouvrir, mercredis, garderie, inscrire):
    """The prestation that was made last is given first; a number without its days is passed over."""
    matin = inscrire(garderie)
    contenu = ouvrir(
        f"inscription={matin.pk}&jours=2015-04-29,2015-04-08&inscription={mercredis.pk}&jours=2015-04-08&inscription=7"
        f"&jour={mercredis.pk}:2015-05-06"
    )
    assert lus(contenu.voulus) == [
        ("ALSH Mercredi journée", date(2015, 4, 8)),
        ("Garderie matin", date(2015, 4, 8)),
        ("Garderie matin", date(2015, 4, 29)),
        ("ALSH Mercredi journée", date(2015, 5, 6)),
    ]


def test_le_mois_est_celui_du_premier_jour_choisi(ouvrir, mercredis):
    assert ouvrir(f"mois=2015-09&jour={mercredis.pk}:2015-05-06&jour={mercredis.pk}:2015-04-29").mois == date(
        2015, 4, 29
    )


@pytest.mark.parametrize(
    ("adresse", "mois"),
    [("mois=2015-09", date(2015, 9, 1)), ("", date(2015, 4, 2)), ("mois=hier", date(2015, 4, 2))],
)
def test_sans_jour_le_mois_est_celui_ou_l_on_choisissait_sinon_celui_d_aujourd_hui(ouvrir, sans_juger, adresse, mois):
    contenu = ouvrir(adresse)
    assert (contenu.mois, contenu.mois_choisi) == (mois, adresse.removeprefix("mois="))
    assert (sans_juger(adresse).mois, sans_juger(adresse).mois_choisi) == (mois, adresse.removeprefix("mois="))


@pytest.mark.parametrize(("envoi", "mois"), [({"mois": "2015-09"}, date(2015, 9, 1)), ({}, date(2015, 4, 2))])
def test_renvoye_le_formulaire_ramene_au_mois_ou_l_on_choisissait(dupont, lea, envoi, mois):
    assert DemandeReservation(dupont.famille, lea, envoi).mois == mois


def test_un_jour_impossible_n_a_pas_de_prix_et_n_est_ni_coche_ni_compte(ouvrir, mercredis):
    tarif(mercredis.prestation, (None, "7.20", "14.40"), unite="journee")
    contenu = ouvrir("&".join(f"jour={code}" for code in codes(mercredis, [PASSE, *MERCREDIS[:2]])))
    impossible, premier, second = contenu.voulus
    assert (contenu.impossibles, contenu.possibles) == ([impossible], [premier, second])
    assert (impossible.prix, premier.prix.dit) == (None, "7,20\u00a0€")
    assert contenu.jours_coches == {premier.code, second.code}
    assert contenu.total == "14,40\u00a0€"


def test_rien_que_des_jours_impossibles_n_a_pas_de_prix(ouvrir, mercredis):
    (impossible,) = ouvrir(f"jour={codes(mercredis, [PASSE])[0]}").voulus
    assert impossible.prix is None


def test_seuls_les_jours_coches_sont_coches_et_comptes(dupont, lea, mercredis):
    tarif(mercredis.prestation, (None, "7.20", "14.40"), unite="journee")
    premier, second = codes(mercredis, MERCREDIS[:2])
    contenu = DemandeReservation(dupont.famille, lea, {"jours": [premier], "proposes": [premier, second]})
    assert [voulu.code for voulu in contenu.voulus] == [premier, second]
    assert (contenu.jours_coches, contenu.total) == ({premier}, "7,20\u00a0€")


def test_aucun_jour_coche_n_en_coche_aucun(dupont, lea):
    assert DemandeReservation(dupont.famille, lea, {}).jours_coches == set()


def test_les_champs_qui_ne_sont_pas_les_jours_ont_leur_place(dupont, lea):
    absence = GENRES.pour("absence")(dupont.famille, lea)
    assert [champ.name for groupe in absence.en_groupes() for champ in groupe.champs] == ["raison"]
    assert GENRES.pour("reservation")(dupont.famille, lea).en_groupes() == []


def test_un_an_de_jours_se_demande_pas_davantage(dupont, lea):
    for nombre, illisible in ((366, False), (367, True)):
        jours = [f"{rang}:2015-04-08" for rang in range(1, nombre + 1)]
        erreurs = DemandeReservation(dupont.famille, lea, {"jours": jours}).errors["jours"]
        assert ("Ces jours sont illisibles." in erreurs) is illisible


def test_un_acte_sans_personne_ne_tient_plus():
    with pytest.raises(NeTientPlus, match="n’existe plus"):
        acteur(None, None)
