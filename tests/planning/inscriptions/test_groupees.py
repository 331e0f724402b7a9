"""Several children enrolled at once: looked for, tried, done, each on its own."""

from datetime import date

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from planning.models import Inscription, Prestation
from planning.regles.jours import Jours
from tests import fabriques

RENTREE = date(2014, 9, 1)
GROUPE = "admin:planning_inscription_groupe"

pytestmark = pytest.mark.usefixtures("jeudi_2_avril")


@pytest.fixture
def accueil(client, agent):
    client.force_login(agent)
    return client


@pytest.fixture
def envoyer(accueil, mercredi):
    def envoyer(bouton: str, *foyers, **autres):
        champs = {"prestation": mercredi.pk, "du": "01/09/2014", "au": "", "jours": ["4"], "parite": ""}
        choix = [f"{foyer.enfants[0].pk}-{foyer.famille.pk}" for foyer in foyers]
        return accueil.post(reverse(GROUPE), {**champs, "choix": choix, bouton: "1", **autres})

    return envoyer


def resultats(liste) -> dict[str, str]:
    return {str(r.candidat.enfant): r.refus.replace("\u00a0", " ") for r in liste}


def phrases(reponse) -> list[str]:
    return [str(message).replace("\u00a0", " ") for message in get_messages(reponse.wsgi_request)]


def test_on_cherche_par_nom_par_ecole_et_par_classe(envoyer, dupont, martin):
    ecole = dupont.enfants[0].ecole

    def trouves(**criteres) -> list[str]:
        return [str(candidat.enfant) for candidat in envoyer("chercher", **criteres).context["trouves"]]

    assert trouves(q="mart") == ["Tom MARTIN"]
    assert trouves(ecole=ecole.pk) == ["Léa DUPONT"]
    assert trouves(ecole=ecole.pk, classe="CM2") == []
    assert trouves() == []


def test_chercher_ne_perd_ni_les_choisis_ni_ce_qui_est_saisi(envoyer, dupont, martin):
    page = envoyer("chercher", dupont, q="tom")

    assert [str(c.enfant) for c in page.context["choisis"]] == ["Léa DUPONT"]
    assert 'value="01/09/2014"' in page.content.decode()
    assert 'value="4" id="id_jours_2" checked' in page.content.decode()


def test_la_verification_dit_tout_et_n_ecrit_rien(envoyer, dupont, martin):
    Prestation.objects.update(places=1)

    page = envoyer("verifier", dupont, martin)

    refus = resultats(page.context["essai"])
    assert refus["Léa DUPONT"] == ""
    assert refus["Tom MARTIN"].startswith("Il n’y a plus de place le mercredi")
    assert page.context["possibles"].replace("\u00a0", " ") == "1 enfant"
    assert not Inscription.objects.exists()


def test_qui_ne_peut_pas_n_empeche_pas_les_autres(envoyer, agent, dupont, martin, mercredi):
    Inscription.objects.inscrire(dupont.enfants[0], mercredi, dupont.famille, du=RENTREE, par=agent)

    page = envoyer("inscrire", dupont, martin)

    assert resultats(page.context["fait"]) == {
        "Léa DUPONT": "L’enfant est déjà inscrit à cette prestation à ces dates.",
        "Tom MARTIN": "",
    }
    tom = Inscription.objects.get(enfant=martin.enfants[0])
    assert (tom.jours, tom.du, tom.par) == (Jours.MERCREDI, RENTREE, agent)
    assert phrases(page) == [
        "1 enfant est inscrit à « ALSH Mercredi journée ».",
        "1 enfant n’a pas pu l’être : les raisons sont ci-dessous.",
    ]
    # What was typed and who is left come back with one click.
    html = page.content.decode()
    assert html.count('name="choix"') == 1
    assert f'value="{RENTREE:%Y-%m-%d}"' in html or f'value="{RENTREE:%d/%m/%Y}"' in html
    assert "Corriger pour ceux qui n’ont pas pu l’être" in html


def test_un_enfant_refuse_n_a_rien_a_moitie(envoyer, dupont):
    Prestation.objects.update(places=0)

    envoyer("inscrire", dupont)

    assert not Inscription.objects.exists()


def test_un_enfant_en_garde_alternee_s_inscrit_pour_la_famille_choisie(envoyer, dupont, martin):
    lea = dupont.enfants[0]
    fabriques.RattachementFactory(enfant=lea, famille=martin.famille)

    envoyer("inscrire", choix=[f"{lea.pk}-{martin.famille.pk}"])

    assert [(i.enfant, i.famille) for i in Inscription.objects.all()] == [(lea, martin.famille)]


def test_une_date_impossible_revient_sur_le_formulaire(envoyer, dupont):
    page = envoyer("verifier", dupont, au="01/08/2014")

    assert page.context["form"].errors == {"au": ["La fin doit suivre le début."]}
    assert [str(c.enfant) for c in page.context["choisis"]] == ["Léa DUPONT"]


def test_sans_enfant_coche_on_dit_quoi_faire(envoyer):
    assert phrases(envoyer("inscrire")) == ["Cherchez les enfants, puis cochez ceux à inscrire."]


def test_une_famille_forgee_n_inscrit_personne(envoyer, dupont, martin):
    envoyer("inscrire", choix=[f"{dupont.enfants[0].pk}-{martin.famille.pk}"])

    assert not Inscription.objects.exists()


@pytest.mark.parametrize("qui", ["animateur", "regisseur", "agent_sans_droit"])
def test_sans_le_droit_d_inscrire_la_page_est_fermee(request, client, mercredi, dupont, qui):
    client.force_login(request.getfixturevalue(qui))

    donnees = {"prestation": mercredi.pk, "du": "01/09/2014", "inscrire": "1"}
    donnees["choix"] = f"{dupont.enfants[0].pk}-{dupont.famille.pk}"

    assert (client.get(reverse(GROUPE)).status_code, client.post(reverse(GROUPE), donnees).status_code) == (403, 403)
    assert not Inscription.objects.exists()
