"""The outbox at the agents' desk: what did not arrive, whose it is, and trying again."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from courriels.models import Courriel
from tests.fabriques import FamilleFactory, ResponsableFactory

from .fabriques import avis

pytestmark = pytest.mark.django_db
LISTE = reverse("admin:courriels_courriel_changelist")


@pytest.fixture
def bureau(client, agent):
    """The front desk, signed in."""
    client.force_login(agent)
    return client


@pytest.fixture
def echec(dupont) -> Courriel:
    courriel = Courriel.a("perdu@example.org", avis(), dossier=dupont.famille.pk)
    courriel.prochain_essai, courriel.erreur = None, "550 Unknown mailbox"
    courriel.save()
    return courriel


def test_ceux_qui_n_arrivent_pas_sont_listes_d_abord(bureau, echec):
    arrive = Courriel.a("arrive@example.org", avis())
    arrive.envoye_le, arrive.prochain_essai = timezone.now(), None
    arrive.save()
    html = bureau.get(LISTE).content.decode()
    assert "perdu@example.org" in html
    assert "550 Unknown mailbox" in html
    assert "arrive@example.org" not in html


def test_ceux_qui_attendent_le_serveur_se_voient_et_partent_si_l_agent_le_demande(
    bureau, mailoutbox, django_capture_on_commit_callbacks
):
    attend = Courriel.a("attend@example.org", avis())
    attend.essais, attend.prochain_essai = 3, timezone.now() + timedelta(hours=8)
    attend.erreur = "ConnectionRefusedError"
    attend.save()
    Courriel.a("vient.d.etre.ecrit@example.org", avis()).save()
    html = bureau.get(LISTE).content.decode()
    assert "attend@example.org" in html
    assert "En attente, réessayé" in html
    assert "vient.d.etre.ecrit@example.org" not in html
    with django_capture_on_commit_callbacks(execute=True):
        bureau.post(LISTE, {"action": "relancer", "_selected_action": attend.pk})
    assert ["attend@example.org"] in [message.to for message in mailoutbox]


def test_la_famille_est_nommee_dans_la_liste_et_sur_la_page(bureau, echec, dupont):
    for adresse in (LISTE, reverse("admin:courriels_courriel_change", args=[echec.pk])):
        assert str(dupont.famille) in bureau.get(adresse).content.decode()


@pytest.mark.parametrize("mot", ["dupont", "léa", "1001001818331", "perdu@"])
def test_se_cherche_par_la_famille_ou_par_l_adresse(bureau, echec, martin, mot):
    Courriel.a("sophie@example.org", avis(), dossier=martin.famille.pk).save()
    html = bureau.get(LISTE, {"q": mot, "etat": "tous"}).content.decode()
    assert "perdu@example.org" in html
    assert "sophie@example.org" not in html


def test_la_liste_ne_coute_pas_plus_avec_plus_de_familles(bureau, echec, django_assert_max_num_queries):
    for n in range(30):
        famille = FamilleFactory()
        ResponsableFactory(famille=famille)
        Courriel.a(f"p{n}@example.org", avis(), dossier=famille.pk).save()
    with django_assert_max_num_queries(12):
        html = bureau.get(LISTE, {"etat": "tous"}).content.decode()
    assert all(f"p{n}@example.org" in html for n in range(30))


def test_essayer_de_nouveau(bureau, echec, mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        bureau.post(LISTE, {"action": "relancer", "_selected_action": echec.pk})
    assert [message.to for message in mailoutbox] == [["perdu@example.org"]]


def test_le_regisseur_lit_et_ne_relance_pas(client, regisseur, echec):
    client.force_login(regisseur)
    client.post(LISTE, {"action": "relancer", "_selected_action": echec.pk})
    echec.refresh_from_db()
    assert echec.est_en_echec


@pytest.mark.parametrize(
    ("etat", "listes"),
    [
        ("", ["manque", "perdu"]),
        ("refuses", ["perdu"]),
        ("attente", ["attend", "manque"]),
        ("envoyes", ["parti"]),
        ("tous", ["attend", "manque", "parti", "perdu"]),
    ],
)
def test_chaque_etat_a_les_siens(bureau, etat, listes):
    maintenant = timezone.now()
    for nom, champs in {
        "attend": {},
        "manque": {"essais": 1},
        "parti": {"envoye_le": maintenant, "prochain_essai": None},
        "perdu": {"essais": 1, "prochain_essai": None},
    }.items():
        courriel = Courriel.a(f"{nom}@example.org", avis(nom))
        courriel.save()
        Courriel.objects.filter(pk=courriel.pk).update(**champs)
    page = bureau.get(LISTE, {"etat": etat} if etat else {})
    lus = page.context["cl"].result_list
    assert sorted(courriel.destinataire.partition("@")[0] for courriel in lus) == listes


def test_seul_celui_qui_est_coche_part_et_l_agent_le_lit(bureau, echec, mailoutbox, django_capture_on_commit_callbacks):
    autre = Courriel.a("autre@example.org", avis("autre"))
    autre.prochain_essai = None
    autre.save()
    with django_capture_on_commit_callbacks(execute=True):
        reponse = bureau.post(LISTE, {"action": "relancer", "_selected_action": echec.pk}, follow=True)
    assert "De nouveau dans la file\u00a0: 1\u00a0e-mail." in reponse.text
    autre.refresh_from_db()
    assert autre.est_en_echec


def test_sa_page_dit_pourquoi_il_n_est_pas_arrive(bureau, echec):
    page = bureau.get(reverse("admin:courriels_courriel_change", args=[echec.pk])).text
    assert "550 Unknown mailbox" in page
    assert "Non distribué" in page


def test_la_liste_ne_compte_pas_tout_ce_qui_est_parti(bureau, echec):
    """Years of e-mails are not counted for a search."""
    assert bureau.get(LISTE, {"q": "perdu"}).context["cl"].full_result_count is None
