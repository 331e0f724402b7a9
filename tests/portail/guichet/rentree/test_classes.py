"""The screen of the classes: what it shows, asks and does, for whom."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from famille.models import Enfant, PassageDeClasse
from portail.guichet.rentree.annee import annee_par_defaut
from tests.fabriques import EcoleFactory, EnfantFactory, FamilleFactory

PAGE = "/admin/guichet/rentree/2027-2028/classes/"
RETOUR = f"{PAGE}annulation/"


@pytest.fixture(autouse=True)
def juillet(time_machine) -> None:
    time_machine.move_to("2027-07-05 10:00+02:00", tick=False)


@pytest.fixture
def guichet(client: Client, agent) -> Client:
    client.force_login(agent)
    return client


def _enfants(combien: int, classe: str = "CE1", ne_en: int = 2019) -> list[Enfant]:
    famille, ecole = FamilleFactory(), EcoleFactory()
    naissance = date(ne_en, 5, 17)
    return [
        EnfantFactory(famille=famille, ecole=ecole, classe=classe, date_naissance=naissance) for _ in range(combien)
    ]


def _confirmer(client: Client, adresse: str, **champs: object):
    question = client.post(adresse, champs)
    confirmation = question.context["confirmation"]
    return confirmation, client.post(adresse, champs | {"confirme": confirmation.lu}, follow=True)


def test_on_coche_qui_reste_on_lit_les_nombres_puis_c_est_fait(guichet):
    monte, reste = _enfants(2)
    page = guichet.get(PAGE).content.decode()
    assert "CE1 → CE2" in page
    assert guichet.post(PAGE, {"reste": reste.pk}).status_code == 200
    assert not PassageDeClasse.objects.exists()
    question, fin = _confirmer(guichet, PAGE, reste=reste.pk)
    assert question.bouton == "Donner leur classe à 2\u00a0enfants"
    assert question.titre == "Rentrée 2027\u00a0: donner leur classe à 2\u00a0enfants\u00a0?"
    assert "C’est fait" in fin.content.decode()
    assert list(Enfant.objects.order_by("pk").values_list("pk", "classe")) == [(monte.pk, "CE2"), (reste.pk, "CE1")]
    assert "Tous les enfants ont leur classe" in guichet.get(PAGE).content.decode()


def test_les_sortants_ne_recoivent_pas_de_classe(guichet):
    assert "<small>À faire</small>" in guichet.get(reverse("admin:guichet_rentree")).content.decode()
    _enfants(1)
    _enfants(2, "CM2", 2016)
    question, _ = _confirmer(guichet, PAGE)
    assert question.bouton == "Donner sa classe à 1\u00a0enfant et noter 2\u00a0sortants"
    accueil = guichet.get(reverse("admin:guichet_rentree")).content.decode()
    assert "<small>1\u00a0enfant a sa classe, 2\u00a0sortants</small>" in accueil


def test_renoncer_rend_la_page_comme_elle_etait_et_ne_fait_rien(guichet):
    monte, reste = _enfants(2)
    (sans,) = _enfants(1, "")
    envoi = {"reste": reste.pk, f"classe-{sans.pk}": "CM1"}
    lu = guichet.post(PAGE, envoi).context["confirmation"].lu
    page = guichet.post(PAGE, envoi | {"confirme": lu, "renoncer": "oui"}).content.decode()
    assert "Rien n’a changé" in page
    assert f'value="{reste.pk}" checked' in page
    assert f'value="{monte.pk}">' in page
    assert '<option value="CM1" selected>' in page
    assert not PassageDeClasse.objects.exists()


def test_un_enfant_qui_change_entre_temps_fait_redemander(guichet):
    enfant, autre = _enfants(2)
    lu = guichet.post(PAGE).context["confirmation"].lu
    Enfant.objects.filter(pk=autre.pk).update(classe="CM1")
    assert "confirmation" in guichet.post(PAGE, {"confirme": lu}).context
    enfant.refresh_from_db()
    assert enfant.classe == "CE1"


def test_un_passage_s_annule_apres_les_nombres(guichet):
    (enfant,) = _enfants(1)
    _confirmer(guichet, PAGE)
    lot = PassageDeClasse.objects.get().le.isoformat()
    page = guichet.get(PAGE).content.decode()
    assert "Alice MAIRIE" in page
    _, fin = _confirmer(guichet, RETOUR, lot=lot)
    assert "1\u00a0enfant retrouve sa classe" in fin.content.decode()
    enfant.refresh_from_db()
    assert enfant.classe == "CE1"
    assert "déjà annulé" in guichet.post(RETOUR, {"lot": lot}, follow=True).content.decode()
    assert guichet.post(RETOUR, {"lot": "2027-02-31"}).status_code == 404


def test_ce_que_personne_n_a_pu_choisir_ici_ne_decide_rien(guichet):
    (enfant,) = _enfants(1, "")
    champs = {f"classe-{enfant.pk}": "9e", "ecole-9": "99999", "classe-x": "CP", "reste": ["x", "9" * 30]}
    assert "rien à faire" in guichet.post(PAGE, champs, follow=True).content.decode()


def test_seules_les_annees_que_l_on_prepare_s_ouvrent(guichet):
    adresse = "/admin/guichet/rentree/{}/classes/"
    statuts = {annee: guichet.get(adresse.format(annee)).status_code for annee in ("2026-2027", "2028-2029", "demain")}
    assert statuts == {"2026-2027": 200, "2028-2029": 404, "demain": 404}


def test_l_ecran_de_la_rentree_mene_a_ses_etapes_par_defaut_pour_la_prochaine_annee(guichet):
    accueil = reverse("admin:guichet_rentree")
    assert guichet.get(accueil).context["annee"].debut == 2027
    assert PAGE in guichet.get(accueil).content.decode()
    assert guichet.get(accueil, {"annee": "2026-2027"}).context["annee"].debut == 2026
    assert accueil in guichet.get(reverse("admin:famille_enfant_changelist")).content.decode()
    jours = (date(2027, 6, 1), date(2027, 9, 30), date(2027, 10, 31), date(2027, 11, 1), date(2028, 1, 5))
    assert [annee_par_defaut(jour).debut for jour in jours] == [2027, 2027, 2027, 2028, 2028]


@pytest.mark.parametrize(
    ("groupe", "statut"), [("agent", 200), ("directrice", 200), ("animateur", 403), ("agent_sans_droit", 403)]
)
def test_qui_tient_les_fiches_fait_passer_les_classes(client, request, groupe, statut):
    client.force_login(request.getfixturevalue(groupe))
    assert client.get(PAGE).status_code == statut
    assert client.post(RETOUR, {"lot": "2027-07-05T10:00:00+02:00"}).status_code == (302 if statut == 200 else 403)
    assert client.post(PAGE).status_code == (302 if statut == 200 else 403)


def test_la_page_demande_peu_a_la_base_quel_que_soit_le_nombre_d_enfants(guichet):
    _enfants(1)
    guichet.get(PAGE)

    def compter(envoi: bool) -> int:
        with CaptureQueriesContext(connection) as requetes:
            reponse = guichet.post(PAGE) if envoi else guichet.get(PAGE)
        assert reponse.status_code == 200
        return len([requete for requete in requetes if "SAVEPOINT" not in requete["sql"]])

    peu = (compter(False), compter(True))
    _enfants(12)
    _enfants(3, "", 2018)
    assert (compter(False), compter(True)) == peu
    assert max(peu) <= 15
