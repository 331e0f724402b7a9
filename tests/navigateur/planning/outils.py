"""The month under the hands: its cells, its menu, what is chosen."""

from datetime import date
from urllib.parse import parse_qs, unquote, urlsplit

from playwright.sync_api import Locator, Page, expect

RENTREE = date(2014, 9, 1)
TELEPHONE = {"viewport": {"width": 320, "height": 640}, "has_touch": True, "is_mobile": True}


def cellule(page: Page, jour: str, prestation: str = "Garderie matin") -> Locator:
    return page.locator(f'.grille-mois a[aria-label^="{prestation}, {jour} "]')


def menu(page: Page) -> Locator:
    """The menu of a day, once it says something."""
    return page.get_by_role("dialog", name="Détail du jour").filter(has=page.get_by_role("button", name="Fermer"))


def appui_long(case: Locator) -> None:
    """A finger that stays: real touches, below Playwright's own tap."""
    case.scroll_into_view_if_needed()
    cadre = case.bounding_box()
    doigt = {"x": cadre["x"] + cadre["width"] / 2, "y": cadre["y"] + cadre["height"] / 2}
    main = case.page.context.new_cdp_session(case.page)
    main.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [doigt]})
    expect(menu(case.page)).to_be_visible()
    main.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def barre(page: Page) -> Locator:
    return page.locator("#barre-choix")


def choisis(page: Page) -> int:
    return page.locator("td.choisie").count()


def glisser(page: Page, de: Locator, a: Locator) -> None:
    de.hover()
    page.mouse.down()
    a.hover()
    page.mouse.up()


def demandes(page: Page) -> dict[str, list[str]]:
    return {cle: [unquote(v) for v in valeurs] for cle, valeurs in parse_qs(urlsplit(page.url).query).items()}
