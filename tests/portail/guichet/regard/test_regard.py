"""« Voir comme la famille »: what it sees, nothing that it could do, and it is written down."""

import pytest
from django.contrib.admin.models import LogEntry
from django.db import InternalError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from famille.models import LectureConfidentielle
from messagerie.models import Fil, Lecture
from portail.guichet.regard.lecture_seule import A_L_AGENT, MONTREES, en_lecture_seule
from tests.adresses import ADRESSES, Troupe
from tests.facturation.fabriques import operations

PORTAIL = [adresse for adresse in ADRESSES if not adresse.nom.startswith("admin:")]


@pytest.fixture
def troupe(dupont, martin, nouveau, agent, agent_sans_droit) -> Troupe:
    return Troupe(dupont, martin, nouveau, agent, agent_sans_droit)


def regarder(client: Client, agent, foyer, responsable=None):
    client.force_login(agent)
    adresse = reverse("admin:guichet_famille_regard", args=[foyer.famille.pk])
    return client.post(adresse, {"responsable": (responsable or foyer.titulaire).pk})


@pytest.fixture
def direction(client, directrice, dupont) -> Client:
    assert regarder(client, directrice, dupont).url == "/"
    return client


def test_le_portail_est_celui_de_la_famille_et_chaque_page_le_dit(direction, dupont, martin):
    for adresse in ("accueil", "famille:mon_compte", "famille:enfants", "messagerie:messages", "facturation:releve"):
        texte = direction.get(reverse(adresse)).text
        assert "Vous voyez le portail comme Jean DUPONT." in texte
        assert "Bienvenue <strong>JEAN DUPONT" in texte or "JEAN DUPONT" in texte
    assert "Léa" in direction.get(reverse("famille:enfants")).text
    assert direction.get(reverse("famille:enfant", args=[martin.enfants[0].pk])).status_code == 404


def test_c_est_ecrit_au_journal(direction, directrice, dupont):
    [lecture] = LectureConfidentielle.objects.all()
    assert (lecture.par, lecture.objet, "1001001818331" in lecture.enfant_nom) == (
        directrice,
        "Portail, vu comme la famille",
        True,
    )
    [entree] = LogEntry.objects.all()
    assert (entree.object_id, entree.change_message) == (str(dupont.famille.pk), "Portail vu comme Jean DUPONT.")


@pytest.mark.parametrize("adresse", PORTAIL, ids=lambda adresse: adresse.nom)
def test_rien_ne_s_envoie_a_aucune_adresse(adresse, directrice, troupe):
    chemin = adresse.chemin(troupe)
    client = Client()
    regarder(client, directrice, troupe.dupont)
    if adresse.nom in A_L_AGENT:
        return
    for methode in ("post", "put", "patch", "delete"):
        assert getattr(client, methode)(chemin).status_code == 403


@pytest.mark.parametrize("adresse", [a for a in PORTAIL if a.methode == "get"], ids=lambda adresse: adresse.nom)
def test_une_page_se_lit_ou_se_refuse(adresse, directrice, troupe):
    operations(troupe.dupont.famille)
    chemin = adresse.chemin(troupe)
    client = Client()
    regarder(client, directrice, troupe.dupont)
    if adresse.nom in A_L_AGENT:
        return
    attendu = adresse.dupont if adresse.nom in MONTREES else 403
    reponse = client.get(chemin)
    reponse.getvalue()
    assert reponse.status_code == (302 if isinstance(attendu, str) else attendu)


def test_postgresql_n_ecrit_rien_pour_ces_pages(db, directrice):
    def ecrire_en_lecture_seule() -> None:
        with transaction.atomic():
            en_lecture_seule()
            directrice.save()

    with pytest.raises(InternalError):
        ecrire_en_lecture_seule()
    directrice.save()


def test_un_message_lu_par_l_agent_reste_a_lire(directrice, client, dupont, agent):
    fil = Fil.ecrire_a(dupont.famille, "Sortie", "Demain, prévoyez un pique-nique.", agent)
    regarder(client, directrice, dupont)
    assert "pique-nique" in client.get(fil.get_absolute_url()).text
    assert client.post(reverse("messagerie:lecture", args=[fil.pk])).status_code == 403
    assert not Lecture.objects.exists()
    parent = Client()
    parent.force_login(dupont.compte)
    assert "1\u00a0nouveau message" in parent.get("/").text


def test_aucune_session_n_est_celle_de_la_famille(direction, directrice):
    direction.get(reverse("famille:mon_compte"))
    assert direction.session["_auth_user_id"] == str(directrice.pk)
    assert direction.get("/admin/").context["user"] == directrice


def test_quitter_ramene_a_la_page_de_la_famille(direction, dupont):
    reponse = direction.post(reverse("admin:guichet_regard_fin"))
    assert reponse.url == reverse("admin:guichet_famille", args=[dupont.famille.pk])
    assert direction.get("/").url == "/admin/"


def test_il_finit_de_lui_meme(direction):
    session = direction.session
    *qui, fin = session["regard"]
    assert 0 <= fin - timezone.now().timestamp() <= 30 * 60
    session["regard"] = [*qui, int(timezone.now().timestamp())]
    session.save()
    assert direction.get(reverse("famille:mon_compte")).url == "/admin/"
    assert "regard" not in direction.session


@pytest.mark.parametrize("qui", ["agent", "animateur", "regisseur", "agent_sans_droit"])
def test_sans_le_droit_on_ne_regarde_pas(request, client, dupont, qui):
    assert regarder(client, request.getfixturevalue(qui), dupont).status_code == 403
    assert client.get("/").url == "/admin/"


def test_le_droit_retire_ferme_aussitot(direction, directrice):
    directrice.groups.clear()
    assert direction.get("/").url == "/admin/"


def test_qui_n_a_pas_d_acces_n_a_pas_de_portail(client, directrice, dupont, martin):
    assert regarder(client, directrice, dupont, dupont.conjoint).status_code == 404
    assert regarder(client, directrice, dupont, martin.titulaire).status_code == 404


def test_un_parent_ne_se_donne_pas_ce_regard(client, dupont, martin):
    client.force_login(dupont.compte)
    session = client.session
    session["regard"] = [martin.compte.pk, martin.famille.pk, "Sophie MARTIN", 9_999_999_999]
    session.save()
    assert "Tom" not in client.get(reverse("famille:enfants")).text
