"""The month as it looks: accessible, on a telephone, on paper."""

from datetime import date, time
from io import BytesIO

import pytest
import time_machine
from django.urls import reverse
from playwright.sync_api import expect
from pypdf import PdfReader

from planning.models import Inscription, Prestation
from planning.regles.jours import SEMAINE
from tests import fabriques
from tests.navigateur.planning.outils import RENTREE, TELEPHONE, appui_long, barre, cellule, menu
from tests.navigateur.regard import violations


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
