"""How we look at a page: axe at three widths and in both schemes, its overflow, its keyboard."""

import json
from collections.abc import Sequence

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

TAILLES = ((320, 640), (768, 1024), (1280, 800))
COULEURS = {"runOnly": ["color-contrast", "link-in-text-block"]}

VIOLATIONS = """async ([contexte, options]) => {
  const {violations} = await axe.run(contexte, {...options, resultTypes: ["violations"], preload: false});
  const dire = (noeud) => `${noeud.html.slice(0, 160)} ${noeud.any[0]?.message ?? ""}`;
  return violations.map(({id, nodes}) => `${id}: ${nodes.map(dire).join(" | ")}`);
}"""

# What may receive focus and can be seen inside that element, numbered in the order of the page.
NUMEROTER = """(dans) => {
  const choix = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]";
  const visible = (e) => e.checkVisibility({visibilityProperty: true}) && e.getClientRects().length > 0;
  const racine = document.querySelector(dans);
  const vus = [...racine.querySelectorAll(choix)].filter((e) => e.tabIndex >= 0 && !e.disabled && visible(e));
  vus.forEach((e, rang) => { e.dataset.rang = rang; });
  document.activeElement?.blur();
  // From there, Tab goes on: nowhere for the page itself, its start for what may take the focus by script.
  racine.focus();
  return vus.map((e) => e.outerHTML.slice(0, 120));
}"""

# Which one has the focus, and whether one sees that it does: an outline, and nothing that covers it.
FOCUS = """async () => {
  const regarder = () => {
    const e = document.activeElement;
    if (!e || e.dataset.rang === undefined) return null;
    const style = getComputedStyle(e);
    const cerne = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    const cadre = e.getClientRects()[0];
    const dessus = document.elementFromPoint(cadre.x + cadre.width / 2, cadre.y + cadre.height / 2);
    const decouvert = Boolean(dessus) && (e.contains(dessus) || dessus.contains(e));
    const {clientWidth, clientHeight} = document.documentElement;
    const entier = cadre.top >= 0 && cadre.left >= 0 && cadre.bottom <= clientHeight && cadre.right <= clientWidth;
    return {vu: [Number(e.dataset.rang), cerne, decouvert], enPlace: entier && cerne && decouvert};
  };
  let focus = regarder();
  if (focus && !focus.enPlace) {
    // The page scrolls to the focus in the next frames.
    for (const _ of [1, 2]) await new Promise(requestAnimationFrame);
    focus = regarder();
  }
  return focus?.vu ?? null;
}"""


def violations(page: Page, *, exclure: Sequence[str] = (), cibles: bool = True) -> list[str]:
    """What axe finds on the page that is open, at every width, light and dark; and what overflows sideways.

    `exclure`: selectors of what is not ours. `cibles`: WCAG 2.2's target size, which axe does not look at by default.
    """
    page.evaluate(AXE_SCRIPT)
    # Django's admin fades its colours whatever the reader prefers: axe would measure them half way.
    page.add_style_tag(content="*, ::before, ::after { transition: none !important }")
    # A form that came back is there before its style sheets are.
    page.wait_for_load_state("load")
    contexte = {"exclude": [[selecteur] for selecteur in exclure]}
    tout = {"rules": {"target-size": {"enabled": cibles}}}
    trouvees = []
    for largeur, hauteur in TAILLES:
        page.set_viewport_size({"width": largeur, "height": hauteur})
        for schema, options in (("light", tout), ("dark", COULEURS)):
            page.emulate_media(color_scheme=schema, reduced_motion="reduce")
            for texte in page.evaluate(VIOLATIONS, [contexte, options]):
                trouvees.append(f"{largeur} px, {schema}: {texte}")
        depasse = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if depasse > 0:
            trouvees.append(f"{largeur} px: overflows by {depasse} px")
    return trouvees


def fautes_au_clavier(page: Page, *, dans: str = "body") -> list[str]:
    """What Tab does not reach on the page that is open, or reaches without showing it.

    `dans`: selector of the part to look at, if not the whole page; it must take the focus by script.
    """
    elements = page.evaluate(NUMEROTER, dans)
    vus: dict[int, list[bool]] = {}
    for _ in range(len(elements) + 3):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        if focus:
            vus[focus[0]] = focus[1:]
    fautes = [f"not reached: {elements[rang]}" for rang in range(len(elements)) if rang not in vus]
    fautes += [f"focus not outlined: {elements[rang]}" for rang, (cerne, _) in vus.items() if not cerne]
    fautes += [f"focus covered: {elements[rang]}" for rang, (_, decouvert) in vus.items() if not decouvert]
    return [json.dumps(faute, ensure_ascii=False) for faute in fautes]
