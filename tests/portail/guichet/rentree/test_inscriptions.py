"""The screens of the inscriptions at la rentrée: prestation by prestation, counted, made, undone; for whom."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from messagerie.models import Fil
from planning.models import Inscription, Prestation, Reconduction, Vacances
from planning.regles.jours import Jours
from tests.fabriques import EnfantFactory, FamilleFactory
from tests.planning.fabriques import prestation as garderie_matin

LISTE = "/admin/guichet/rentree/2027-2028/inscriptions/"
TOUT = {"reconduire": "on", "sortants": "on"}


@pytest.fixture(autouse=True)
def juin(time_machine, db) -> None:
    time_machine.move_to("2027-06-21 10:00+02:00", tick=False)
    Vacances.objects.create(nom="Été", genre="G", du=date(2027, 7, 3), au=date(2027, 8, 31))


@pytest.fixture
def garderie() -> Prestation:
    return garderie_matin()


@pytest.fixture
def inscrire(agent, garderie):
    def inscrire(combien: int = 1, *, au: date | None = date(2027, 7, 2), classe: str = "CE1") -> list[Inscription]:
        lignes = []
        for _ in range(combien):
            enfant = EnfantFactory(famille=FamilleFactory(), classe=classe, date_naissance=date(2018, 5, 17))
            options = {"du": date(2026, 9, 1), "au": au, "jours": Jours.LUNDI, "par": agent}
            lignes.append(Inscription.objects.inscrire(enfant, garderie, enfant.familles.get(), **options))
        return lignes

    return inscrire


@pytest.fixture
def guichet(client: Client, agent) -> Client:
    client.force_login(agent)
    return client


def _confirmer(client: Client, adresse: str, champs: dict):
    question = client.post(adresse, champs).context["confirmation"]
    return client.post(adresse, champs | {"confirme": question.lu}, follow=True).content.decode()


def test_une_prestation_se_reconduit_puis_s_annule(guichet, inscrire, garderie):
    _, ecartee = inscrire(2)
    inscrire(au=None, classe="CM2")
    page, annulation = f"{LISTE}{garderie.pk}/", f"{LISTE}{garderie.pk}/annulation/"
    assert f'href="{page}"' in guichet.get(LISTE).content.decode()
    assert "Finissent avec l’année\u00a0: 2\u00a0inscriptions" in guichet.get(page).content.decode()
    envoi = {"reconduire": "on", "sauf": ecartee.pk}
    lu = guichet.post(page, envoi).context["confirmation"].lu
    renonce = guichet.post(page, envoi | {"confirme": lu, "renoncer": "oui"})
    assert f'value="{ecartee.pk}" checked' in renonce.content.decode()
    assert not Reconduction.objects.exists()
    fin = _confirmer(guichet, page, TOUT | {"sauf": ecartee.pk})
    assert "1\u00a0inscription reconduite du 01/09/2027 au 31/08/2028" in fin
    assert Inscription.objects.filter(du=date(2027, 9, 1)).count() == 1
    lot = Reconduction.objects.first().le.isoformat()
    assert "C’est annulé" in _confirmer(guichet, annulation, {"lot": lot})
    assert not Inscription.objects.filter(du=date(2027, 9, 1)).exists()
    assert "déjà annulé" in guichet.post(annulation, {"lot": lot}, follow=True).content.decode()


def test_chaque_famille_est_prevenue_une_fois_de_tout(guichet, inscrire, garderie, django_capture_on_commit_callbacks):
    (une,) = inscrire()
    _confirmer(guichet, f"{LISTE}{garderie.pk}/", TOUT)
    assert "Prévenir 1\u00a0famille…" in guichet.get(LISTE).content.decode()
    question = guichet.post(f"{LISTE}messages/")
    assert f"{une.enfant.prenom}, Garderie matin (lundi)" in question.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        guichet.post(f"{LISTE}messages/", {"confirme": question.context["confirmation"].lu})
    fil = Fil.objects.get(famille=une.famille)
    assert fil.sujet == "Vos inscriptions à la rentrée 2027"
    assert "déjà prévenue" in guichet.post(f"{LISTE}messages/", follow=True).content.decode()


def test_rien_de_coche_ou_de_compris_ne_fait_rien(guichet, inscrire, garderie):
    inscrire()
    page = f"{LISTE}{garderie.pk}/"
    assert "Rien à reconduire" in guichet.post(page, {"sauf": ["x", "9" * 30]}, follow=True).content.decode()
    assert guichet.get(f"{LISTE}{garderie.pk + 1}/").status_code == 404


def test_le_calendrier_qui_manque_se_dit(guichet):
    assert "Calendrier incomplet" in guichet.get(LISTE).content.decode()


@pytest.mark.parametrize(("groupe", "statut"), [("directrice", 200), ("animateur", 403), ("regisseur", 403)])
def test_qui_inscrit_reconduit(client, request, garderie, groupe, statut):
    client.force_login(request.getfixturevalue(groupe))
    assert [client.get(adresse).status_code for adresse in (LISTE, f"{LISTE}{garderie.pk}/")] == [statut, statut]
    suite = 302 if statut == 200 else 403
    annulation = client.post(f"{LISTE}{garderie.pk}/annulation/", {"lot": "2027-06-21T10:00:00+02:00"})
    assert [client.post(f"{LISTE}{garderie.pk}/").status_code, annulation.status_code] == [suite, suite]


def test_les_pages_demandent_peu_a_la_base_quel_que_soit_le_nombre_d_inscriptions(guichet, inscrire, garderie):
    page = f"{LISTE}{garderie.pk}/"
    Prestation.objects.update(places=30)

    def compter(agir) -> int:
        with CaptureQueriesContext(connection) as requetes:
            assert agir().status_code == 200
        return len([requete for requete in requetes if "SAVEPOINT" not in requete["sql"]])

    def tout() -> list[int]:
        return [compter(agir) for agir in (lambda: guichet.get(LISTE), lambda: guichet.get(page))] + [
            compter(lambda: guichet.post(page, TOUT))
        ]

    inscrire()
    inscrire(au=None, classe="CM2")
    guichet.get(LISTE)
    peu = tout()
    inscrire(8)
    inscrire(3, au=None, classe="CM2")
    assert tout() == peu
    assert max(peu) <= 15
