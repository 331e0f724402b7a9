"""« Back », another text, sent; two agents on one record: what their pages say."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from famille.models import Enfant
from messagerie.models import Message
from tests.navigateur.gestes import champ
from tests.navigateur.regard import fautes_au_clavier, violations
from tests.socle.formulaires import JETON

DU_MESSAGE = f"main [name={JETON}]"


@pytest.mark.parametrize("scripts", [True, False], ids=["avec JavaScript", "sans JavaScript"])
def test_un_message_corrige_par_retour_n_est_ni_double_ni_perdu(page_de: Callable[..., Page], dupont, scripts: bool):
    jean = page_de(dupont.compte, java_script_enabled=scripts, bypass_csp=scripts)
    jean.goto("/messages/nouveau/")
    jeton = jean.locator(DU_MESSAGE).get_attribute("value")
    _ecrire(jean, "Est-il fourni ?")
    expect(jean.get_by_text("Votre message est envoyé au centre.")).to_be_visible()
    jean.go_back()
    # Firefox gives a page its fields back as they were, hidden ones too.
    jean.locator(DU_MESSAGE).evaluate("(champ, jeton) => { champ.value = jeton }", jeton)
    _ecrire(jean, "Est-il fourni, et sans gluten ?")
    expect(jean.get_by_role("heading", level=1)).to_have_text("Vous avez déjà envoyé ce formulaire")
    assert Message.objects.count() == 1
    if scripts:
        assert violations(jean) == []
        assert fautes_au_clavier(jean, dans="main") == []
    jean.get_by_role("button", name="Envoyer en plus du premier").click()
    expect(jean.get_by_text("Votre message est envoyé au centre.")).to_be_visible()
    textes = [message.texte for message in Message.objects.order_by("pk")]
    assert textes == ["Est-il fourni ?", "Est-il fourni, et sans gluten ?"]


def _ecrire(page: Page, texte: str) -> None:
    champ(page, "Sujet").fill("Goûter")
    champ(page, "Votre message").fill(texte)
    page.get_by_role("button", name="Envoyer au centre").click()


def test_le_second_agent_lit_ce_que_le_premier_a_change_puis_enregistre(page_de: Callable[..., Page], agent, dupont):
    alice = page_de(agent, bypass_csp=True)
    alice.goto(reverse("admin:famille_enfant_change", args=[dupont.enfants[0].pk]))
    Enfant.objects.update(regime=Enfant.Regime.SANS_PORC)
    alice.get_by_label("Prénom").first.fill("Léana")
    alice.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(alice.get_by_text("Cette fiche a changé depuis que vous l’avez ouverte.")).to_be_visible()
    expect(alice.get_by_text("est devenu «\u00a0Sans porc\u00a0»")).to_be_visible()
    assert violations(alice, exclure=["th.original"]) == []  # Django's own
    alice.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(alice.get_by_text("a été modifié")).to_be_visible()
    lea = Enfant.objects.get()
    assert (lea.prenom, lea.regime) == ("Léana", "sans_porc")
