"""The month under the hands: mouse, keyboard, finger, paper; and what several days chosen become."""

from collections.abc import Callable, Iterator
from datetime import date, time
from io import BytesIO
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
import time_machine
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from planning.models import Inscription, Prestation
from planning.regles.jours import SEMAINE
from tests import fabriques
from tests.navigateur.regard import fautes_au_clavier, violations
from tests.planning.conftest import alsh, calendrier_2015, garderie, mercredi

__all__ = ["alsh", "calendrier_2015", "garderie", "mercredi"]

RENTREE = date(2014, 9, 1)
TELEPHONE = {"viewport": {"width": 320, "height": 640}, "has_touch": True, "is_mobile": True}


@pytest.fixture(autouse=True)
def jeudi_2_avril() -> Iterator[None]:
    # The clock runs: a browser that waits would wait for ever otherwise.
    with time_machine.travel("2015-04-02T08:00:00+02:00", tick=True):
        yield


@pytest.fixture
def inscriptions(dupont, mercredi, garderie, agent) -> list[Inscription]:
    """Léa's two rows: « ALSH Mercredi journée », then « Garderie matin », booked on the 8th."""
    (lea,) = dupont.enfants
    deux = [
        Inscription.objects.inscrire(lea, prestation, dupont.famille, du=RENTREE, par=agent)
        for prestation in (mercredi, garderie)
    ]
    deux[1].reserver([date(2015, 4, 8)], par=agent)
    return deux


@pytest.fixture
def mois(inscriptions) -> str:
    return reverse("planning:mois", args=[inscriptions[0].enfant_id, 2015, "04"])


@pytest.fixture
def ouverte(page_de: Callable[..., Page], dupont, mois) -> Callable[..., Page]:
    """`ouverte(**options)`: April, in a new window of Jean DUPONT's."""

    def ouvrir(**options) -> Page:
        page = page_de(dupont.compte, **options)
        page.goto(mois)
        return page

    return ouvrir


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


# -- The menu ------------------------------------------------------------------------------------------


def test_clic_clic_droit_entree_et_appui_long_ouvrent_le_meme_menu(ouverte):
    page = ouverte(has_touch=True)
    case = cellule(page, "jeudi 9")
    lus = []
    for geste in (
        lambda: case.click(),
        lambda: case.click(button="right"),
        # The Menu key, as WebKit says it: of the cell around the link.
        lambda: case.locator("..").dispatch_event("contextmenu", {"bubbles": True, "cancelable": True}),
        lambda: case.press("Enter"),
        lambda: appui_long(case),
    ):
        geste()
        expect(menu(page)).to_be_visible()
        lus.append(menu(page).inner_text())
        page.keyboard.press("Escape")
        expect(menu(page)).to_be_hidden()
        expect(case).to_be_focused()
    assert "Demande de réservation" in lus[0]
    assert "Le jeudi 9 avril n’est pas réservé." in lus[0]
    assert lus == [lus[0]] * 5


def test_un_clic_a_cote_ou_fermer_ferme_le_menu(ouverte):
    page = ouverte()
    case = cellule(page, "mercredi 8")
    for fermer in (
        lambda: page.mouse.click(5, 400),
        lambda: menu(page).get_by_role("button", name="Fermer").click(),
    ):
        case.click()
        expect(menu(page).get_by_role("link", name="Déclaration d’absence")).to_be_visible()
        fermer()
        expect(menu(page)).to_be_hidden()
        expect(case).to_be_focused()


def test_le_menu_est_accessible(page_de, dupont, mois):
    page = page_de(dupont.compte, bypass_csp=True)
    page.goto(mois)
    cellule(page, "jeudi 9").click()
    expect(menu(page)).to_be_visible()
    assert violations(page) == []


def test_sans_javascript_une_case_mene_a_son_jour(ouverte, mois):
    page = ouverte(java_script_enabled=False)
    cellule(page, "mercredi 8").click()
    assert urlsplit(page.url).path == f"{mois}8/"
    expect(page.get_by_role("heading", level=1)).to_have_text("Mercredi 8 avril 2015")
    expect(page.get_by_role("link", name="Déclaration d’absence")).to_have_count(1)


def test_une_session_perdue_ne_montre_pas_la_porte_dans_le_menu(ouverte):
    page = ouverte()
    page.context.clear_cookies(name="portail_session")
    cellule(page, "jeudi 9").click()
    page.wait_for_url("**/connexion/**")
    expect(page.get_by_label("Identifiant")).to_be_visible()


# -- The keyboard --------------------------------------------------------------------------------------


def test_les_fleches_vont_de_case_en_case(ouverte):
    page = ouverte()
    cellule(page, "jeudi 9").focus()
    for touche, jour, prestation in (
        ("ArrowRight", "vendredi 10", "Garderie matin"),
        ("ArrowUp", "vendredi 10", "ALSH Mercredi journée"),
        ("ArrowUp", "vendredi 10", "ALSH Mercredi journée"),
        ("Home", "mercredi 1er", "ALSH Mercredi journée"),
        ("ArrowLeft", "mercredi 1er", "ALSH Mercredi journée"),
        ("End", "jeudi 30", "ALSH Mercredi journée"),
        ("ArrowDown", "jeudi 30", "Garderie matin"),
        ("ArrowLeft", "mercredi 29", "Garderie matin"),
    ):
        page.keyboard.press(touche)
        expect(cellule(page, jour, prestation)).to_be_focused()
    assert "/2015/04/" in page.url


def test_tab_entre_une_fois_dans_la_grille_et_revient_ou_l_on_etait(ouverte):
    page = ouverte()
    page.get_by_role("button", name="Afficher").focus()
    page.keyboard.press("Tab")
    expect(cellule(page, "jeudi 2", "ALSH Mercredi journée")).to_be_focused()  # today
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Réserver plusieurs jours")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(cellule(page, "jeudi 2")).to_be_focused()


@pytest.mark.parametrize("taille", [(320, 640), (1280, 800)], ids=["320", "1280"])
@pytest.mark.parametrize("reste", ["", "8/", "reservation/", "absence/"], ids=["mois", "jour", "choix", "absences"])
def test_le_clavier_atteint_tout_et_se_voit(taille, reste, page_de, dupont, mois):
    page = page_de(dupont.compte, viewport={"width": taille[0], "height": taille[1]})
    page.goto(mois + reste)
    assert fautes_au_clavier(page) == []


def test_les_fleches_tournent_les_mois_sans_perdre_sa_place(ouverte, mois):
    page = ouverte(viewport={"width": 768, "height": 500})
    page.locator(".grille-mois").evaluate("grille => { grille.scrollLeft = 120; }")
    page.evaluate("scrollTo(0, 260)")
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**/2015/05/*")
    expect(page.get_by_role("link", name="Mois suivant")).to_be_focused()
    assert page.evaluate("scrollY") == 260
    assert page.locator(".grille-mois").evaluate("grille => grille.scrollLeft") == 120
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(f"**{mois}*")
    expect(page.get_by_role("link", name="Mois précédent")).to_be_focused()


def test_le_choix_du_mois_garde_ses_fleches(ouverte):
    page = ouverte()
    page.get_by_label("Mois", exact=True).focus()
    page.keyboard.press("ArrowRight")
    assert page.url.endswith("/2015/04/")


def test_le_mois_choisi_s_affiche_sans_autre_geste(ouverte):
    page = ouverte()
    page.get_by_label("Mois", exact=True).select_option("juin")
    page.wait_for_url("**/planning/2015/06/")
    page.get_by_label("Année").select_option("2014")
    page.wait_for_url("**/planning/2014/06/")


def test_au_clavier_ou_sans_script_le_mois_attend_afficher(ouverte):
    page = ouverte()
    page.get_by_label("Mois", exact=True).focus()
    page.keyboard.press("ArrowDown")  # passes by May to choose June
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Afficher")).to_be_focused()
    expect(page.get_by_role("button", name="Afficher")).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    page.wait_for_url("**/planning/2015/06/")
    page = ouverte(java_script_enabled=False)
    page.get_by_label("Mois", exact=True).select_option("juin")
    page.get_by_role("button", name="Afficher").click()
    page.wait_for_url("**/planning/2015/06/")


# -- The look ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reste", ["", "8/", "6/", "reservation/", "absence/"])
def test_les_pages_du_planning_sont_accessibles(reste, page_de, dupont, mois):
    page = page_de(dupont.compte, bypass_csp=True)
    page.goto(mois + reste)
    page.locator("summary").evaluate_all("tous => tous.forEach((un) => un.click())")
    assert violations(page) == []


def test_au_telephone_le_mois_est_un_agenda(ouverte):
    page = ouverte(**TELEPHONE)
    expect(page.locator(".grille-mois")).to_be_hidden()
    agenda = page.locator(".agenda")
    expect(agenda).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.get_by_role("link", name="Aujourd’hui").tap()
    expect(agenda.locator('[aria-current="date"]')).to_be_in_viewport()
    assert page.url.endswith("#j2")
    agenda.get_by_role("link", name="Garderie matin réservé").tap()
    expect(menu(page).get_by_role("link", name="Déclaration d’absence")).to_be_visible()
    page.keyboard.press("Escape")
    appui_long(agenda.get_by_role("link", name="Garderie matin réservé"))
    expect(menu(page)).to_be_visible()


@pytest.mark.parametrize("options", [{}, {"java_script_enabled": False}], ids=["script", "sans-javascript"])
def test_au_telephone_le_mois_s_ouvre_sur_aujourd_hui(options, page_de, dupont, inscriptions):
    enfant = inscriptions[0].enfant
    with time_machine.travel("2015-04-28T08:00:00+02:00", tick=True):
        page = page_de(dupont.compte, **TELEPHONE, **options)
        # By the shortcut of every page, and by the address of the month where a script helps.
        adresses = [reverse("planning:planning", args=[enfant.pk])]
        adresses += [] if options else [reverse("planning:mois", args=[enfant.pk, 2015, "04"])]
        for adresse in adresses:
            page.goto(adresse)
            expect(page.locator('.agenda [aria-current="date"]')).to_be_in_viewport(ratio=1)
            assert page.evaluate("scrollY") > 500
        # From a day, one comes back to that day.
        page.goto(reverse("planning:jour", args=[enfant.pk, 2015, "04", 20]))
        page.get_by_role("link", name=f"Planning de {enfant.prenom}").click()
        expect(page.locator("#j20")).to_be_in_viewport(ratio=1)


def test_un_glisser_ne_selectionne_pas_de_texte(ouverte):
    page = ouverte()
    cellule(page, "mardi 7").hover()
    page.mouse.down()
    cellule(page, "jeudi 9").hover()
    page.mouse.up()
    assert page.evaluate("String(getSelection())") == ""
    expect(barre(page)).to_be_visible()


def test_les_quantiemes_sont_sous_le_milieu_de_leur_jour(ouverte):
    """Letters and number in the middle of each column."""
    page = ouverte()
    ecarts = page.locator("thead abbr").evaluate_all("""tous => tous.map((e) => {
      const {left, width} = e.closest("th").getBoundingClientRect(), milieu = left + width / 2;
      const texte = document.createRange();
      texte.selectNodeContents(e);
      return [...texte.getClientRects()].map((r) => Math.abs(r.left + r.width / 2 - milieu));
    })""")
    assert all(len(lignes) == 2 and max(lignes) < 1.5 for lignes in ecarts), ecarts


def test_un_jour_touche_le_dit_aussitot(ouverte):
    """Two seconds of network: the menu is there at once, and says that it is coming."""
    page = ouverte(**TELEPHONE)
    retenues = []
    page.route("**/planning/2015/04/8/*", lambda requete: retenues.append(requete))
    page.locator(".agenda").get_by_role("link", name="Garderie matin réservé").tap()
    dialogue = page.get_by_role("dialog", name="Détail du jour")
    expect(dialogue.get_by_role("status")).to_have_text("Chargement…")
    retenues[0].continue_()
    expect(dialogue.get_by_role("link", name="Déclaration d’absence")).to_be_focused()


def test_on_passe_d_un_enfant_a_l_autre_sans_quitter_le_mois(ouverte, dupont, martin, inscriptions):
    cadet = fabriques.EnfantFactory(prenom="Hugo", nom="DUPONT")
    fabriques.RattachementFactory(enfant=cadet, famille=dupont.famille)
    page = ouverte()
    enfants = page.get_by_role("navigation", name="Planning de chaque enfant")
    expect(enfants.get_by_role("link")).to_have_count(2)  # nobody of the family next door
    enfants.get_by_role("link", name="Hugo").click()
    page.wait_for_url(f"**/enfants/{cadet.pk}/planning/2015/04/")
    expect(enfants.locator("[aria-current]")).to_have_text("HHugo")


def test_a_la_tablette_la_grille_s_ouvre_sur_aujourd_hui(page_de, dupont, inscriptions):
    with time_machine.travel("2015-04-28T08:00:00+02:00", tick=True):
        page = page_de(dupont.compte, viewport={"width": 768, "height": 1024})
        page.goto(reverse("planning:mois", args=[inscriptions[0].enfant_id, 2015, "04"]))
        expect(page.locator("thead .auj")).to_be_in_viewport(ratio=1)
        prestation, responsable = page.locator("tbody tr").first.locator("> *").all()[:2]
        # Who and what stay in sight, side by side.
        gauche, droite = prestation.bounding_box(), responsable.bounding_box()
        assert abs(gauche["x"] + gauche["width"] - droite["x"]) < 2
        expect(prestation).to_be_in_viewport(ratio=1)


def test_le_mois_s_imprime_sur_une_feuille_a4_en_paysage(page_de, dupont, agent, alsh, inscriptions):
    (lea,) = dupont.enfants
    alsh.nom = "Accueil de loisirs municipal de la Maison de l’enfance et de la jeunesse"
    alsh.save()
    for rang in range(5):
        prestation = Prestation.objects.create(
            structure=alsh, nom=f"Vacances, journée avec repas et sortie à la rivière, groupe {rang}",
            heure_debut=time(9 + rang), heure_fin=time(10 + rang), jours_scolaires=SEMAINE,
            jours_petites_vacances=SEMAINE,
        )  # fmt: skip
        inscription = Inscription.objects.inscrire(lea, prestation, dupont.famille, du=RENTREE, par=agent)
        inscription.reserver([date(2015, 5, jour) for jour in (4, 5, 6, 7)], par=agent)
    dupont.titulaire.prenom = "Jean-Christophe-Alexandre"
    dupont.titulaire.save()
    page = page_de(dupont.compte)
    page.goto(reverse("planning:mois", args=[lea.pk, 2015, "05"]))
    assert page.locator("tbody tr").count() == 7
    feuilles = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True, print_background=True))).pages
    assert len(feuilles) == 1
    largeur, hauteur = (float(cote) for cote in feuilles[0].mediabox[2:])
    assert (round(largeur), round(hauteur)) == (842, 595)
    lu = " ".join(feuilles[0].extract_text().split())
    assert "Planning de Léa" in lu
    assert "groupe 4" in lu
    assert "31" in lu
    assert "Réserver plusieurs jours" not in lu


# -- Several days --------------------------------------------------------------------------------------


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


def test_plusieurs_jours_a_la_souris_font_une_demande(ouverte, inscriptions):
    page = ouverte()
    expect(barre(page)).to_be_hidden()
    glisser(page, cellule(page, "lundi 27", "ALSH Mercredi journée"), cellule(page, "jeudi 30"))
    expect(menu(page)).to_be_hidden()
    assert choisis(page) == 8
    expect(barre(page)).to_contain_text("4\N{NO-BREAK SPACE}jours choisis, sur 2\N{NO-BREAK SPACE}lignes")
    barre(page).get_by_role("button", name="Demande de réservation").click()
    page.wait_for_url("**/demandes/reservation/*")
    jours = "2015-04-27,2015-04-28,2015-04-29,2015-04-30"
    assert demandes(page) == {"inscription": [str(i.pk) for i in inscriptions], "jours": [jours, jours]}
    refuses = page.get_by_role("region", name="Ces jours ne peuvent pas être demandés")
    expect(refuses.get_by_role("listitem")).to_have_count(3)  # three days that are no Wednesday
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(5)


def test_le_choix_s_ajoute_et_se_retire_au_clic(ouverte):
    page = ouverte()
    glisser(page, cellule(page, "lundi 27"), cellule(page, "mardi 28"))
    cellule(page, "jeudi 30").click()
    expect(barre(page)).to_contain_text("3\N{NO-BREAK SPACE}jours choisis")
    expect(cellule(page, "jeudi 30")).to_have_accessible_name(
        "Garderie matin, jeudi 30 avril\N{NO-BREAK SPACE}: rien, choisi"
    )
    cellule(page, "jeudi 30").click()
    cellule(page, "lundi 27").click()
    expect(barre(page)).to_contain_text("1\N{NO-BREAK SPACE}jour choisi")
    expect(page.locator("#choix-annonce")).to_have_text("1\N{NO-BREAK SPACE}jour choisi")
    glisser(page, cellule(page, "mardi 28"), cellule(page, "mercredi 29"))
    expect(barre(page)).to_be_hidden()
    assert choisis(page) == 0
    cellule(page, "jeudi 9").click()
    expect(menu(page)).to_be_visible()


def test_maj_et_clic_choisissent_jusque_la(ouverte):
    page = ouverte()
    cellule(page, "lundi 27").focus()
    cellule(page, "jeudi 30").click(modifiers=["Shift"])
    assert choisis(page) == 4
    expect(menu(page)).to_be_hidden()
    assert len(page.context.pages) == 1
    barre(page).get_by_role("button", name="Annuler").click()
    expect(barre(page)).to_be_hidden()
    assert choisis(page) == 0
    assert page.evaluate("document.activeElement.closest('.grille-mois') !== null")


def test_au_clavier_espace_et_maj_fleches_choisissent(ouverte, inscriptions):
    page = ouverte()
    cellule(page, "mercredi 8").focus()
    page.keyboard.press("Space")
    expect(barre(page)).to_contain_text("1\N{NO-BREAK SPACE}jour choisi")
    cellule(page, "mardi 28").focus()
    for touche in ("ArrowRight", "ArrowRight", "ArrowLeft"):
        page.keyboard.press(f"Shift+{touche}")
    assert choisis(page) == 3  # the 8th, the 28th, the 29th
    page.keyboard.press("Tab")
    expect(barre(page).get_by_role("button", name="Demande de réservation")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/demandes/absence/*")
    assert demandes(page) == {
        "inscription": [str(inscriptions[1].pk)],
        "jours": ["2015-04-08,2015-04-28,2015-04-29"],
    }
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(1)


def test_apres_un_glisser_la_premiere_touche_compte(ouverte):
    page = ouverte()
    glisser(page, cellule(page, "lundi 27"), cellule(page, "mardi 28"))
    cellule(page, "jeudi 30").press("Enter")
    expect(menu(page)).to_be_hidden()
    assert choisis(page) == 3


def test_echap_efface_le_choix(ouverte):
    page = ouverte()
    glisser(page, cellule(page, "lundi 27"), cellule(page, "jeudi 30"))
    page.keyboard.press("Escape")
    expect(barre(page)).to_be_hidden()
    assert choisis(page) == 0


def test_la_barre_du_choix_est_accessible(page_de, dupont, mois):
    page = page_de(dupont.compte, bypass_csp=True)
    page.goto(mois)
    glisser(page, cellule(page, "mercredi 8"), cellule(page, "jeudi 30"))
    expect(barre(page)).to_be_visible()
    assert violations(page) == []


@pytest.mark.parametrize("options", [{"java_script_enabled": False}, TELEPHONE], ids=["sans-javascript", "au-doigt"])
def test_une_semaine_ou_tous_les_mardis_se_cochent_d_un_coup(options, ouverte):
    page = ouverte(**options)
    page.get_by_role("link", name="Réserver plusieurs jours").click()
    garderie = page.get_by_role("group", name="Garderie matin")
    garderie.get_by_label("Jeudi 30 avril").check()
    garderie.get_by_role("button", name="Tous les mardis").click()
    coches = page.get_by_role("checkbox", checked=True)
    expect(coches).to_have_count(3)
    garderie.get_by_role("button", name="Toute la semaine : Garderie matin, à partir du lundi 27 avril").click()
    expect(coches).to_have_count(5)
    expect(garderie.get_by_label("Lundi 27 avril")).to_be_checked()
    garderie.get_by_role("button", name="Tous les mardis").click()
    expect(coches).to_have_count(3)
    page.get_by_role("button", name="Continuer avec ces jours").click()
    page.wait_for_url("**/demandes/reservation/*")
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(3)


@pytest.mark.parametrize("options", [{"java_script_enabled": False}, TELEPHONE], ids=["sans-javascript", "au-doigt"])
def test_sans_script_ou_au_doigt_plusieurs_jours_se_cochent(options, ouverte, inscriptions):
    page = ouverte(**options)
    page.get_by_role("link", name="Réserver plusieurs jours").click()
    garderie = page.get_by_role("group", name="Garderie matin")
    for jour in ("Mardi 28 avril", "Jeudi 30 avril"):
        garderie.get_by_label(jour).check()
    page.get_by_role("group", name="ALSH Mercredi journée").get_by_label("Mercredi 29 avril").check()
    page.get_by_role("button", name="Continuer avec ces jours").click()
    page.wait_for_url("**/demandes/reservation/*")
    alsh, matin = (inscription.pk for inscription in inscriptions)
    jours = [f"{alsh}:2015-04-29", f"{matin}:2015-04-28", f"{matin}:2015-04-30"]
    assert demandes(page) == {"mois": ["2015-04"], "jour": jours}
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(3)
