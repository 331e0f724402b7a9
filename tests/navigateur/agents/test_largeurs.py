"""What agents are asked, and the tables that they fill in, fit a tablet as a desk: nothing scrolls sideways."""

from datetime import date, time, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from famille.models import Enfant
from planning.models import Fermeture, Inscription, Prestation, Structure
from planning.regles.jours import Jours
from tests.fabriques import TiersFactory

LARGEURS = (820, 1024, 1280)
# What is wider than its box, in a box that scrolls, and the page itself.
DEBORDE = """() => {
  const scrolle = (e) => ["auto", "scroll"].includes(getComputedStyle(e).overflowX);
  const larges = [...document.querySelectorAll("#content *")].filter((e) => e.scrollWidth > e.clientWidth + 1);
  const page = document.documentElement.scrollWidth > innerWidth ? ["page"] : [];
  return page.concat(larges.filter(scrolle).map((e) => e.className));
}"""


def debordent(page: Page) -> list[str]:
    trouves = []
    for largeur in LARGEURS:
        page.set_viewport_size({"width": largeur, "height": 900})
        trouves += [f"{largeur} px: {quoi}" for quoi in page.evaluate(DEBORDE)]
    return trouves


def aligner_les_boutons(page: Page) -> list[float]:
    page.set_viewport_size({"width": 400, "height": 800})
    return [bouton.bounding_box()["y"] for bouton in page.locator(".submit-row > *").all()]


@pytest.fixture
def lea_bien_entouree(dupont) -> Enfant:
    for nom in ("BERNARD-LACHAMBEAUDIE", "PETIT", "ROUX"):
        TiersFactory(enfant=dupont.enfants[0], nom=nom, prenom="Marie-Antoinette", lien="Grand-mère maternelle")
    return dupont.enfants[0]


def test_les_personnes_autorisees_d_un_enfant_tiennent_sur_une_tablette(page_de, agent, lea_bien_entouree):
    page: Page = page_de(agent)
    page.goto(f"/admin/famille/enfant/{lea_bien_entouree.pk}/change/")
    assert debordent(page) == []
    page.set_viewport_size({"width": 820, "height": 900})
    telephone = page.locator("#tiers-0 [type=tel]")
    assert telephone.bounding_box()["width"] >= 100


@pytest.mark.parametrize(("jours", "titre"), [(1, "1\u00a0réservation"), (40, "40\u00a0réservations")])
def test_annuler_une_ou_quarante_reservations_se_lit_et_les_boutons_s_empilent(page_de, agent, dupont, jours, titre):
    alsh = Structure.objects.create(nom="Accueil de Loisirs")
    heures = {"heure_debut": time(9), "heure_fin": time(17), "jours_scolaires": Jours(127)}
    prestation = Prestation.objects.create(structure=alsh, nom="ALSH journée", **heures)
    cles = {"du": date(2014, 9, 1), "par": agent}
    lea = Inscription.objects.inscrire(dupont.enfants[0], prestation, dupont.famille, **cles)
    lea.reserver([timezone.localdate() + timedelta(days=n) for n in range(1, jours + 1)], par=agent)
    page: Page = page_de(agent)
    page.goto("/admin/planning/reservation/?periode=a_venir")
    for case in page.locator(".action-select").all():
        case.check()
    page.locator("select[name=action]").select_option(label="Annuler la réservation")
    page.get_by_role("button", name="Envoyer").click()

    expect(page.get_by_role("heading", level=1)).to_have_text(f"Annuler {titre}\u00a0?")
    assert debordent(page) == []
    annuler, renoncer = aligner_les_boutons(page)
    assert renoncer > annuler


def test_supprimer_et_imprimer_des_courriers_se_lisent_aussi(page_de, agent, dupont):
    """Whose pages are not that of the other questions."""
    neige = Fermeture.objects.create(du=date(2027, 1, 4), au=date(2027, 1, 4), motif="Neige")
    page: Page = page_de(agent)
    page.goto(f"/admin/planning/fermeture/{neige.pk}/delete/")
    expect(page.locator("#content")).to_contain_text("La suppression ne touche que")
    assert debordent(page) == []
    page.goto("/admin/famille/responsable/")
    for case in page.locator(".action-select").all():
        case.check()
    page.locator("select[name=action]").select_option(label="Ouvrir l’accès et imprimer les courriers")
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ouvrir les accès et imprimer les courriers")
    assert debordent(page) == []
    imprimer, renoncer = aligner_les_boutons(page)
    assert renoncer > imprimer
    page.get_by_role("button", name="Renoncer").click()
    expect(page.locator(".action-select:checked")).to_have_count(2)


def test_l_import_du_calendrier_se_lit_avant_d_etre_confirme(page_de, directrice):
    page: Page = page_de(directrice)
    page.goto("/admin/planning/vacances/importation/")
    assert debordent(page) == []
    page.get_by_role("button", name="Voir ce qui changerait").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Importer le calendrier\u00a0?")
    assert debordent(page) == []
