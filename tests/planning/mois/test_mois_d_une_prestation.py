"""The month of a prestation: headcounts over places, children in rows, as true as the parents' grid."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from planning.models import Inscription, PlacesDuJour, Prestation
from planning.regles.etats import Presence
from planning.regles.jours import Jours
from tests import fabriques

RENTREE = date(2014, 9, 1)
LE_1ER, LE_8, LE_29 = date(2015, 4, 1), date(2015, 4, 8), date(2015, 4, 29)

pytestmark = pytest.mark.usefixtures("jeudi_2_avril")


def adresse(prestation, annee=2015, mois=4) -> str:
    return reverse("admin:planning_prestation_mois", args=[prestation.pk, annee, mois])


@pytest.fixture
def lecteur(client, regisseur):
    client.force_login(regisseur)
    return client


@pytest.fixture
def lea(dupont, mercredi, agent) -> Inscription:
    inscription = Inscription.objects.inscrire(dupont.enfants[0], mercredi, dupont.famille, du=RENTREE, par=agent)
    inscription.reserver([LE_1ER, LE_8], par=agent)
    return inscription


@pytest.fixture
def tom(martin, mercredi, agent) -> Inscription:
    tom = martin.enfants[0]
    return Inscription.objects.inscrire(tom, mercredi, martin.famille, du=RENTREE, jours=Jours.MERCREDI, par=agent)


def test_chaque_jour_ouvert_compte_ses_enfants_et_ses_places(lecteur, mercredi, lea, tom, agent):
    PlacesDuJour.objects.create(prestation=mercredi, jour=LE_8, places=2)
    lea.journee(LE_1ER).pointer(Presence.PRESENT, par=agent)

    jours = lecteur.get(adresse(mercredi)).context["jours"]

    comptes = [(j.colonne.jour, j.effectif, j.presents) for j in jours]
    assert [(jour, e.attendus, e.places, presents, e.est_complet) for jour, e, presents in comptes] == [
        (LE_1ER, 2, 3, 1, False),
        (LE_8, 2, 2, 0, True),
        (LE_29, 1, 3, 0, False),
    ]


def test_chaque_enfant_y_a_ses_etats(lecteur, mercredi, lea, tom, agent):
    lea.journee(LE_1ER).pointer(Presence.PRESENT, par=agent)
    tom.journee(LE_8).excuser("Malade", par=agent)

    lignes = lecteur.get(adresse(mercredi)).context["lignes"]

    assert {ligne.enfant: [case.affichage.libelle for case in ligne.cases] for ligne in lignes} == {
        "DUPONT Léa": ["réservé, présent sur la journée réservée", "réservé", "rien"],
        "MARTIN Tom": ["régulier", "absent excusé", "régulier"],
    }


def test_un_inscrit_sans_reservation_est_seulement_compte(lecteur, mercredi, lea, martin, agent):
    Inscription.objects.inscrire(martin.enfants[0], mercredi, martin.famille, du=RENTREE, par=agent)

    page = lecteur.get(adresse(mercredi))

    assert [ligne.enfant for ligne in page.context["lignes"]] == ["DUPONT Léa"]
    assert "1\u00a0autre enfant inscrit n’a rien ce mois-ci." in page.content.decode()


def test_une_presence_un_jour_ferme_se_voit_en_erreur(lecteur, mercredi, lea, agent):
    Prestation.objects.update(jours_scolaires=Jours.JEUDI)
    lea.journee(LE_1ER).pointer(Presence.PRESENT, par=agent)

    page = lecteur.get(adresse(mercredi))

    jours = [jour.colonne.jour for jour in page.context["jours"]]
    [ligne] = page.context["lignes"]
    assert jours[0] == LE_1ER
    assert ligne.cases[0].affichage.libelle == "erreur, présent sur la journée réservée"


def test_deux_presences_en_meme_temps_se_voient_en_erreur(lecteur, mercredi, apres_midi, dupont, lea, agent):
    ailleurs = Inscription.objects.inscrire(dupont.enfants[0], apres_midi, dupont.famille, du=RENTREE, par=agent)
    lea.journee(LE_1ER).pointer(Presence.PRESENT, par=agent)
    ailleurs.journee(LE_1ER).pointer(Presence.PRESENT, par=agent)

    [ligne] = lecteur.get(adresse(mercredi)).context["lignes"]

    assert ligne.cases[0].affichage.libelle == "erreur, présent sur la journée réservée"


def test_en_garde_alternee_chaque_famille_a_sa_ligne(lecteur, mercredi, dupont, martin, lea, agent):
    fabriques.RattachementFactory(enfant=dupont.enfants[0], famille=martin.famille)
    autre = Inscription.objects.inscrire(dupont.enfants[0], mercredi, martin.famille, du=RENTREE, par=agent)
    autre.reserver([LE_29], par=agent)

    lignes = lecteur.get(adresse(mercredi)).context["lignes"]

    assert [[case.symbole for case in ligne.cases] for ligne in lignes] == [["○", "●", ""], ["", "", "●"]]


def test_le_mois_courant_est_celui_d_aujourd_hui_ou_celui_que_l_on_choisit(lecteur, mercredi):
    chemin = reverse("admin:planning_prestation_mois_courant", args=[mercredi.pk])

    assert lecteur.get(chemin).context["grille"].premier == LE_1ER
    assert lecteur.get(f"{chemin}?mois=2015-09").url == adresse(mercredi, 2015, 9)
    assert lecteur.get(f"{chemin}?mois=bientôt").context["grille"].premier == LE_1ER


def test_un_mois_qui_n_existe_pas_n_a_pas_de_page(lecteur, mercredi):
    assert lecteur.get(adresse(mercredi, 2015, 13)).status_code == 404
    assert lecteur.get(adresse(mercredi, 1, 1)).status_code == 404


def test_sans_le_droit_de_lire_le_mois_est_ferme(client, agent_sans_droit, mercredi):
    client.force_login(agent_sans_droit)

    assert client.get(adresse(mercredi)).status_code == 403
    assert client.get(reverse("admin:planning_prestation_mois_courant", args=[mercredi.pk])).status_code == 403
    assert client.get(reverse("admin:planning_prestation_appels")).status_code == 403


def test_le_nombre_de_requetes_ne_suit_pas_celui_des_enfants(lecteur, mercredi, lea, tom, agent):
    def requetes() -> int:
        lecteur.get(adresse(mercredi))
        with CaptureQueriesContext(connection) as faites:
            assert lecteur.get(adresse(mercredi)).status_code == 200
        return len(faites)

    avant = requetes()
    famille = fabriques.FamilleFactory()
    Inscription.objects.bulk_create(
        Inscription(
            enfant=fabriques.EnfantFactory(famille=famille, ecole=fabriques.EcoleFactory()),
            famille=famille,
            prestation=mercredi,
            du=RENTREE,
            jours=Jours.MERCREDI,
            par=agent,
        )
        for _ in range(20)
    )

    assert requetes() == avant
    assert avant <= 11
