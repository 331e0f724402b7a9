"""« Les droits »: what is safe is changed, in numbers; what is not stays; an upgrade undoes nothing."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from portail.guichet.reglages.bornes import raison
from socle.octroi.application import Groupes
from socle.octroi.table import ACCUEIL, ANIMATION, DIRECTION, REGIE, droits_prevus

VOIR, MODIFIER = "famille.view_ecole", "famille.change_ecole"


@pytest.fixture
def direction(client: Client, directrice) -> Client:
    client.force_login(directrice)
    return client


def adresse(groupe: str) -> str:
    return f"/admin/guichet/reglages/droits/{Group.objects.get(name=groupe).pk}/"


def droits(groupe: str) -> set[str]:
    lus = Group.objects.get(name=groupe).permissions.values_list("content_type__app_label", "codename")
    return {f"{app}.{code}" for app, code in lus}


def enregistrer(direction: Client, groupe: str, *, avec: set[str] = frozenset(), sans: set[str] = frozenset()):
    """Ticks and unticks, then says yes."""
    page = direction.get(adresse(groupe))
    coches = (droits(groupe) | avec) - sans
    reponse = direction.post(adresse(groupe), {"droit": sorted(coches), "vus": page.context["vus"]})
    if question := (reponse.context or {}).get("confirmation"):
        envoi: dict[str, list[str]] = {"confirme": [question.lu]}
        for nom, valeur in question.renvoi:
            envoi.setdefault(nom, []).append(valeur)
        return question, direction.post(adresse(groupe), envoi, follow=True)
    return None, reponse


def test_ce_qui_est_change_vaut_se_raconte_et_survit_a_une_mise_a_jour(direction, agent, directrice):
    question, page = enregistrer(direction, ACCUEIL, sans={MODIFIER})
    assert question.phrases[0] == "1\u00a0agent de «\u00a0Accueil\u00a0». Cela vaut à leur prochaine page."
    assert "Retiré\u00a0: écoles, modifier." in question.phrases
    assert not agent.__class__.objects.get(pk=agent.pk).has_perm(MODIFIER)
    enregistrer(direction, ANIMATION, avec={MODIFIER})
    Groupes().accorder()
    assert (MODIFIER in droits(ACCUEIL), MODIFIER in droits(ANIMATION)) == (False, True)
    assert "retiré\u00a0: écoles, modifier" in page.content.decode()
    assert directrice.get_full_name() in page.content.decode()


def test_ce_qui_a_ete_lu_et_ne_se_lit_pas_ne_change_rien(direction):
    avant = droits(ACCUEIL)
    for vus in ("[" * 100_000, "{}", "null"):
        direction.post(adresse(ACCUEIL), {"droit": sorted(avant), "vus": vus})
    assert droits(ACCUEIL) == avant


def test_ce_qui_n_est_pas_sur_ne_change_pas_quoi_que_l_on_envoie(direction, agent, regisseur):
    avant = {groupe: droits(groupe) for groupe in (ACCUEIL, REGIE, DIRECTION)}
    interdits = {
        "socle.regler_le_portail",
        "famille.change_compte",
        "famille.view_fichesanitaire",
        "famille.view_informationsbancaires",
        "facturation.add_reglement",
    }
    enregistrer(direction, ACCUEIL, avec=interdits)
    enregistrer(direction, REGIE, avec={"famille.view_fichesanitaire", "demandes.decider_du_planning"})
    enregistrer(direction, DIRECTION, sans=avant[DIRECTION])
    assert {groupe: droits(groupe) for groupe in avant} == avant


def test_la_sante_ne_se_donne_a_personne_et_se_retire_a_l_animation():
    prevus = droits_prevus()
    sante = {droit for droit in prevus if droit.modele == "fichesanitaire" and droit.codename.startswith("view")}
    dites = {groupe: {raison(groupe, droit, prevus) for droit in sante} for groupe in (ACCUEIL, REGIE, ANIMATION)}
    assert dites[ANIMATION] == {""}
    assert all(dites[groupe] == {"Santé\u00a0: à ceux qui accueillent les enfants."} for groupe in (ACCUEIL, REGIE))


def test_modifier_sans_voir_est_refuse_et_la_saisie_revient(direction, agent):
    _, page = enregistrer(direction, ACCUEIL, sans={VOIR})
    assert "écoles\u00a0: pour «\u00a0modifier\u00a0», il faut aussi «\u00a0voir\u00a0»." in page.content.decode()
    assert VOIR in droits(ACCUEIL)


def test_ce_qu_un_collegue_a_change_entre_temps_est_dit(direction, agent):
    page = direction.get(adresse(ACCUEIL))
    envoi = {"droit": sorted(droits(ACCUEIL) - {MODIFIER}), "vus": page.context["vus"]}
    enregistrer(direction, ACCUEIL, sans={"famille.add_ecole"})
    page = direction.post(adresse(ACCUEIL), envoi)
    assert "écoles, ajouter (" in page.content.decode()
    assert MODIFIER in droits(ACCUEIL)


def test_quinze_requetes_au_plus(direction, agent, django_assert_max_num_queries):
    with django_assert_max_num_queries(15):
        assert direction.get(adresse(ACCUEIL)).status_code == 200
    with django_assert_max_num_queries(15):
        assert direction.get("/admin/guichet/reglages/droits/").status_code == 200
