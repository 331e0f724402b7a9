"""An agent deposits a request in the famille's place: the same form, signed by the agent."""

import pytest
from django.test import Client
from django.urls import reverse

from demandes.genre.saisie import saisie
from demandes.models import Demande
from demandes.types import GENRES
from famille.models import LectureConfidentielle
from tests.portail.guichet.famille.outils import page, phrases


def adresse(foyer, code: str, enfant=None) -> str:
    if enfant is None:
        return reverse("admin:guichet_famille_depot", args=[foyer.famille.pk, code])
    return reverse("admin:guichet_famille_depot_enfant", args=[foyer.famille.pk, enfant.pk, code])


def remplir(foyer, code: str, enfant=None, **champs: str) -> dict:
    return saisie(GENRES.pour(code)(foyer.famille, enfant)) | champs


def test_la_demande_attend_comme_une_autre_et_dit_qui_l_a_deposee(accueil, dupont, agent, mailoutbox):
    reponse = accueil.post(adresse(dupont, "responsable"), remplir(dupont, "responsable", mobile="06 01 02 03 04"))

    demande = Demande.objects.get()
    assert (demande.deposee_par, demande.famille, demande.est_en_attente) == (agent, dupont.famille, True)
    assert reponse.url == reverse("admin:demandes_demande_change", args=[demande.pk])
    parent = Client()
    parent.force_login(dupont.compte)
    assert "Par Alice MAIRIE, pour la famille." in parent.get(demande.get_absolute_url()).text
    assert "par Alice MAIRIE" in accueil.get(page(dupont.famille, "guichet_famille_echanges")).text


def test_une_saisie_qui_ne_tient_pas_revient_telle_quelle(accueil, dupont):
    reponse = accueil.post(
        adresse(dupont, "responsable"), remplir(dupont, "responsable", mobile="06 01", employeur="Mairie")
    )
    assert (reponse.status_code, Demande.objects.exists()) == (422, False)
    assert 'value="Mairie"' in reponse.text
    assert "errorlist" in reponse.text


def test_sans_changement_rien_n_est_depose(accueil, dupont):
    reponse = accueil.post(adresse(dupont, "responsable"), remplir(dupont, "responsable"))
    assert (reponse.status_code, Demande.objects.exists(), len(phrases(reponse))) == (422, False, 1)


def test_pour_un_enfant_de_la_famille_et_pas_d_une_autre(accueil, dupont, martin):
    [lea], [tom] = dupont.enfants, martin.enfants
    accueil.post(adresse(dupont, "identite", lea), remplir(dupont, "identite", lea, classe="CE2"))
    assert Demande.objects.get().enfant == lea
    assert accueil.get(adresse(dupont, "identite", tom)).status_code == 404


@pytest.mark.parametrize(
    ("qui", "code", "statut"),
    [
        ("agent", "sanitaires", 403),
        ("animateur", "sanitaires", 403),
        ("directrice", "sanitaires", 200),
        ("agent_sans_droit", "identite", 403),
    ],
)
def test_la_sante_est_pour_qui_la_decide_et_sa_lecture_est_notee(request, client, dupont, qui, code, statut):
    client.force_login(request.getfixturevalue(qui))
    assert client.get(adresse(dupont, code, dupont.enfants[0])).status_code == statut
    assert LectureConfidentielle.objects.exists() is (statut == 200)


@pytest.mark.parametrize("code", ["rien", "identite", "reservation"])
def test_un_genre_qui_n_est_pas_de_cette_page(accueil, dupont, code):
    assert accueil.get(adresse(dupont, code)).status_code == 404


def test_la_page_propose_ce_que_l_agent_peut_decider(accueil, client, regisseur, dupont):
    listes = accueil.get(page(dupont.famille, "guichet_famille_echanges")).context["proposees"]
    assert [liste.pour for liste in listes] == ["la famille", "Léa"]
    noms = {nom for liste in listes for nom, _ in liste.genres}
    assert ("Informations responsable" in noms, "Données sanitaires" in noms) == (True, False)
    client.force_login(regisseur)
    listes = client.get(page(dupont.famille, "guichet_famille_echanges")).context["proposees"]
    assert "Informations bancaires" in {nom for liste in listes for nom, _ in liste.genres}


@pytest.mark.parametrize("genre", [g.code for g in GENRES.tous() if g.gabarit == "demandes/nouvelle.html"])
def test_chaque_formulaire_s_ouvre(client, directrice, dupont, genre):
    client.force_login(directrice)
    enfant = dupont.enfants[0] if GENRES.pour(genre).porte_sur_un_enfant() else None
    assert client.get(adresse(dupont, genre, enfant)).status_code == 200
