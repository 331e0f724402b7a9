"""What the guides show: each picture, who looks, and the few clicks that lead there. None of them writes anything."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

EXEMPLE = Path(__file__).resolve().parent.parent / "docs" / "exemples" / "familles.csv"


@dataclass(frozen=True)
class Vue:
    """A picture. `compte`: who has come in, nobody if empty. `mener`: from that account's first page to the subject."""

    nom: str
    compte: str
    mener: Callable[[Page], None]
    largeur: int = 1280
    hauteur: int = 800


def aller(adresse: str) -> Callable[[Page], None]:
    def mener(page: Page) -> None:
        page.goto(adresse)

    return mener


def suivre(depart: str, *liens: str) -> Callable[[Page], None]:
    """From an address, one link after the other, each by the beginning of its name."""

    def mener(page: Page) -> None:
        page.goto(depart)
        for lien in liens:
            with page.expect_navigation():
                page.get_by_role("main").get_by_role("link", name=re.compile(f"^{lien}")).first.click()

    return mener


def famille_de_hugo(page: Page) -> None:
    """Found by her telephone; two of his days are ticked."""
    page.goto("/admin/")
    page.get_by_role("searchbox").fill("05 61 98 76 54")
    with page.expect_navigation():
        page.get_by_role("searchbox").press("Enter")
    for case in page.get_by_label(re.compile("^Hugo, Garderie matin")).all()[:2]:
        case.check()
    page.evaluate("window.scrollTo(0, 0)")


def planning_de_hugo(page: Page) -> None:
    page.goto("/enfants/")
    page.get_by_role("link", name=re.compile("Voir son planning.*Hugo")).click()
    page.wait_for_url(re.compile(r"/planning/\d+/\d+/"))


def menu_d_un_jour(page: Page) -> None:
    planning_de_hugo(page)
    page.get_by_role("link", name=re.compile("^Restauration scolaire, lundi 16 novembre")).first.click(button="right")
    page.get_by_role("dialog", name="Détail du jour").get_by_role("link").first.wait_for()


def agenda_de_hugo(page: Page) -> None:
    """What a phone shows in place of the grid."""
    planning_de_hugo(page)
    page.locator(".agenda [aria-current='date']").scroll_into_view_if_needed()


def apercu_d_une_importation(page: Page) -> None:
    """The sample file, looked at: nothing of it is imported."""
    page.goto("/admin/guichet/importation/")
    page.get_by_label("Fichier").set_input_files(EXEMPLE)
    page.get_by_role("button", name="Lire ce fichier").click()
    page.get_by_role("button", name="Voir ce que ce fichier changerait").click()
    page.get_by_role("button", name="Importer").wait_for()


PARENT = (
    Vue("connexion", "", aller("/connexion/")),
    Vue("mot-de-passe", "nouveau", aller("/mot-de-passe/changement/")),
    Vue("accueil", "dupont", aller("/")),
    Vue("telephone", "dupont", aller("/"), largeur=390, hauteur=760),
    Vue("mon-compte", "dupont", aller("/mon-compte/")),
    Vue("demande", "dupont", suivre("/mon-compte/", "Modifier"), hauteur=900),
    Vue("planning", "dupont", planning_de_hugo, hauteur=1000),
    Vue("planning-menu", "dupont", menu_d_un_jour, hauteur=900),
    Vue("planning-telephone", "dupont", agenda_de_hugo, largeur=390, hauteur=760),
    Vue("releve", "dupont", aller("/releve/?annee=2014-2015"), hauteur=900),
    Vue("paiement", "dupont", suivre("/releve/?annee=2014-2015", "Payer la facture")),
    Vue("messages", "dupont", aller("/messages/")),
    Vue("demandes", "dupont", aller("/demandes/")),
)
AGENT = (
    Vue("agent-accueil", "agent", aller("/admin/")),
    Vue("agent-demandes", "agent", aller("/admin/demandes/demande/")),
    Vue("agent-demande", "agent", suivre("/admin/demandes/demande/", r"N° \d+, Réservation"), hauteur=900),
    Vue("agent-conversation", "agent", suivre("/admin/messagerie/fil/", "Changement d’heure"), hauteur=700),
    Vue("agent-famille", "agent", famille_de_hugo, hauteur=1100),
    Vue("agent-envoi", "agent", aller("/admin/messagerie/envoi/add/"), hauteur=700),
    Vue("agent-appel", "direction", suivre("/admin/planning/prestation/", "Appel du jour", "Garderie matin")),
    Vue("agent-campagne", "regie", suivre("/admin/facturation/campagnedefacturation/", "AL, novembre 2026")),
    Vue("agent-reglement", "regie", suivre("/admin/facturation/facture/?q=dupont", "AL-99", "Encaisser un règlement")),
    Vue("agent-acces", "agent", suivre("/admin/famille/responsable/?q=jeanne+dupont", "DUPONT")),
    Vue("agent-calendrier", "direction", aller("/admin/planning/vacances/"), hauteur=700),
    Vue("agent-prestation", "direction", suivre("/admin/planning/prestation/", "Garderie matin"), hauteur=1000),
    Vue("agent-regie", "direction", suivre("/admin/facturation/regie/", "AL"), hauteur=900),
    Vue("agent-tarif", "direction", suivre("/admin/facturation/tarif/", "Garderie matin"), hauteur=800),
    Vue("agent-compte", "direction", aller("/admin/famille/compte/add/"), hauteur=700),
    Vue("agent-importation", "direction", apercu_d_une_importation, hauteur=700),
    Vue("agent-rentree", "direction", aller("/admin/guichet/rentree/"), hauteur=600),
    Vue("agent-reglages", "direction", aller("/admin/guichet/reglages/centre/"), hauteur=900),
)
