"""The direction prepares la rentrée in a real browser: its four steps, seen by axe, by keyboard, narrow and wide."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from django.utils import timezone
from playwright.sync_api import Page

from facturation.models import Tarif
from famille.models import DateDeCertification
from planning.models import Inscription
from planning.regles.jours import Jours
from portail.guichet.rentree.annee import annee_par_defaut
from socle.annee_scolaire import AnneeScolaire
from tests.fabriques import EcoleFactory, EnfantFactory, FamilleFactory
from tests.navigateur.regard import fautes_au_clavier, violations
from tests.planning.fabriques import prestation


def test_la_direction_prepare_la_rentree(page_de: Callable[..., Page], directrice):
    annee = annee_par_defaut(timezone.localdate())
    enfants = _ville(annee, directrice)
    page = page_de(directrice, bypass_csp=True)
    page.goto("/admin/guichet/rentree/")
    assert violations(page) == []

    _etape(page, "Les classes")
    page.get_by_label("Les grandes sections").select_option(label="École Jaurès")
    fermees = page.locator(".rentree__groupes", has_text="CE1 → CE2").locator("details").all()
    assert len({fermee.bounding_box()["y"] for fermee in fermees}) == 1 < len(fermees)  # side by side
    page.get_by_text("CE1 → CE2").click()
    page.get_by_label("DURAND Tom").check()
    assert violations(page) == []
    assert fautes_au_clavier(page, dans="#content-start") == []
    _confirmer(page, "Donner leur classe")
    assert [enfant.classe for enfant in _relire(enfants)] == ["CP", "CE2", "CE1", "COLLEGE"]

    _etape(page, "Les inscriptions")
    assert violations(page) == []
    page.get_by_role("link", name="Garderie matin").click()
    assert violations(page) == []
    _confirmer(page, "Enregistrer")
    assert Inscription.objects.filter(du=annee.du).count() == 1

    _etape(page, "Les tarifs")
    page.get_by_label("Évolution").fill("2,5")
    page.get_by_role("button", name="Recalculer les prix").click()
    page.get_by_text("2,05\u00a0€").wait_for()
    assert violations(page) == []
    _confirmer(page, "Reporter 1")
    assert Tarif.objects.filter(du=annee.du).count() == 1

    _etape(page, "Documents et certifications")
    assert violations(page) == []
    _confirmer(page, "Redemander la certification à 1\u00a0famille")
    assert DateDeCertification.objects.count() == 1


def _ville(annee: AnneeScolaire, par) -> list:
    """One of each class that counts, once enrolled until the end of the year; a price."""
    maternelle, jaures = EcoleFactory(nom="Maternelle du Moulin"), EcoleFactory(nom="École Jaurès")
    enfants = [
        EnfantFactory(
            famille=FamilleFactory(),
            prenom=prenom,
            classe=classe,
            ecole=maternelle if classe == "GS" else jaures,
            date_naissance=date(annee.debut - age, 5, 17),
        )
        for prenom, classe, age in (("Lou", "GS", 6), ("Léa", "CE1", 8), ("Tom", "CE1", 8), ("Noé", "CM2", 11))
    ]
    garderie, avant = prestation(), AnneeScolaire(annee.debut - 1)
    options = {"du": avant.du, "au": avant.au, "jours": Jours.LUNDI, "par": par}
    Inscription.objects.inscrire(enfants[1], garderie, enfants[1].familles.get(), **options)
    tarif = Tarif.objects.create(prestation=garderie, du=avant.du)
    tarif.tranches.create(qf_max=None, resident=Decimal("2.00"), exterieur=Decimal("4.00"))
    return enfants


def _etape(page: Page, titre: str) -> None:
    page.get_by_role("navigation", name="Étapes de la rentrée").or_(page.locator(".rentree__liste")).get_by_role(
        "link", name=titre
    ).first.click()
    page.get_by_role("heading", level=1, name=titre).wait_for()


def _confirmer(page: Page, bouton: str) -> None:
    page.get_by_role("button", name="Voir ce que cela change").click()
    page.get_by_role("button", name=bouton).click()
    page.locator(".messagelist .success").wait_for()


def _relire(enfants: list) -> list:
    for enfant in enfants:
        enfant.refresh_from_db()
    return enfants
