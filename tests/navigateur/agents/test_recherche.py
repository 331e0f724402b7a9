"""The search box of the agents' pages, in a browser: « / », typing, Enter; what is found, judged by axe."""

from playwright.sync_api import Page, expect

from tests.navigateur.regard import violations


def test_au_clavier_depuis_n_importe_quelle_page(page_de, agent, dupont, martin):
    page: Page = page_de(agent, bypass_csp=True)
    page.goto("/admin/famille/famille/")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox", name="Chercher une famille, un enfant")).to_be_focused()
    page.keyboard.type("dupomt/")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Recherche\u00a0: dupomt/")
    assert violations(page) == []
    page.get_by_role("link", name="DUPONT Jean et Jeanne", exact=True).click()
    expect(page.get_by_role("heading", level=1)).not_to_contain_text("Recherche")


def test_une_famille_par_son_telephone(page_de, agent, dupont, martin):
    page: Page = page_de(agent, java_script_enabled=False)
    page.goto("/admin/")
    case = page.get_by_role("searchbox", name="Chercher une famille, un enfant")
    case.fill("06.11 22 33 44")
    case.press("Enter")
    page.wait_for_url(f"**/guichet/famille/{martin.famille.pk}/**")
