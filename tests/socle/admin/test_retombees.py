"""What an app above knows that a change reaches: it says so by being defined, of its own model alone."""

import pytest
from django.contrib import admin

from famille.models import Ecole, Enfant
from socle.admin.confirmation import ConfirmeAvant, Portees, Retombee


class UnePortee:
    """Says what it was given."""

    def __init__(self, *dit: str) -> None:
        self.dit = dit

    def lire(self) -> str:
        return "lu"

    def dire(self, avant: str, apres: str) -> list[str]:
        return [*self.dit, avant, apres]

    def annoncer(self, avant: str, apres: str, request: object) -> None:
        """Nobody."""


@pytest.fixture
def retombees(monkeypatch) -> list:
    monkeypatch.setattr(Retombee, "toutes", [])
    return Retombee.toutes


def test_sans_personne_au_dessus_un_changement_n_atteint_que_lui_meme(retombees):
    assert ConfirmeAvant(Ecole, admin.site).portee(None, Ecole()) is None


def test_chaque_application_dit_la_sienne_et_du_seul_modele_qu_elle_nomme(retombees):
    class Cantine(Retombee[Ecole]):
        modele = Ecole

        def portee(self, ancien, nouveau):
            return UnePortee("cantine", ancien.nom, nouveau.nom)

    class Car(Retombee[Ecole]):
        modele = Ecole

        def portee(self, ancien, nouveau):
            return UnePortee("car")

    class Piscine(Retombee[Ecole]):
        """Reaches nobody, this time."""

        modele = Ecole

        def portee(self, ancien, nouveau):
            return None

    class Voisine(Retombee[Enfant]):
        modele = Enfant

        def portee(self, ancien, nouveau):
            raise AssertionError

    assert retombees == [Cantine, Car, Piscine, Voisine]
    portee = ConfirmeAvant(Ecole, admin.site).portee(Ecole(nom="Moulin"), Ecole(nom="Jaurès"))
    assert isinstance(portee, Portees)
    lus = portee.lire()
    assert portee.dire(lus, lus) == ["cantine", "Moulin", "Jaurès", "lu", "lu", "car", "lu", "lu"]
