"""What was sent says so at once, in the page and aloud, and is not sent twice."""

import json

from playwright.sync_api import Page, expect

from messagerie.models import Message

# What the page says the moment a form leaves it, kept for the next page: Playwright would wait for it.
OBSERVER = """() => addEventListener("submit", () => {
  const attente = document.getElementById("attente");
  const dit = [attente.role ?? attente.getAttribute("role"), attente.textContent, attente.checkVisibility()];
  sessionStorage.vu = JSON.stringify([...dit, document.querySelectorAll("form[aria-busy=true]").length]);
})"""


def vu(page: Page) -> list:
    return json.loads(page.evaluate("sessionStorage.vu"))


def test_un_message_envoye_le_dit_aussitot_et_ne_part_qu_une_fois(page_de, dupont):
    page = page_de(dupont.compte)
    page.goto("/messages/nouveau/")
    page.get_by_label("Sujet").fill("Absence de mardi")
    page.get_by_label("Message").fill("Léa est malade.")
    envois = []
    page.on("request", lambda requete: envois.append(requete) if requete.method == "POST" else None)
    page.evaluate(OBSERVER)
    envoyer = page.get_by_role("button", name="Envoyer au centre")
    envoyer.evaluate("bouton => { for (const _ of [1, 2, 3]) bouton.click() }")
    page.wait_for_url(lambda url: "/nouveau/" not in url)
    assert vu(page) == ["status", "Envoi en cours…", True, 1]
    assert len(envois) == 1
    assert [message.texte for message in Message.objects.all()].count("Léa est malade.") == 1
    expect(page.locator("#attente")).to_be_empty()


def test_une_annee_choisie_le_dit_aussitot(page_de, dupont):
    page = page_de(dupont.compte)
    page.goto("/releve/")
    page.evaluate(OBSERVER)
    page.get_by_label("Année scolaire").evaluate("e => e.append(new Option('2013-2014'))")
    page.get_by_label("Année scolaire").select_option("2013-2014")
    page.wait_for_url("**/releve/?annee=2013-2014")
    assert vu(page) == ["status", "Chargement…", True, 1]


def test_une_page_revenue_de_la_memoire_n_attend_plus_rien(page_de, dupont):
    page = page_de(dupont.compte)
    page.goto("/messages/nouveau/")
    page.evaluate("document.querySelector('main form').ariaBusy = 'true'; attente.textContent = 'Envoi en cours…'")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    expect(page.locator("#attente")).to_be_empty()
    expect(page.locator("form[aria-busy]")).to_have_count(0)
