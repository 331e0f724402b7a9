"""How many queries the agents' pages cost, and that each model has one."""

from datetime import date

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from famille.models import Famille
from tests import fabriques

pytestmark = pytest.mark.django_db


def peupler(n: int) -> Famille:
    """n familles like any other; returns one with n children, quotients, tax notices."""
    for _ in range(n):
        famille = fabriques.FamilleFactory()
        fabriques.ResponsableFactory(famille=famille, compte=fabriques.CompteFactory(password=None))
        fabriques.ResponsableFactory(famille=famille, role="conjoint")
        enfant = fabriques.EnfantFactory(famille=famille, ecole=fabriques.EcoleFactory())
        fabriques.FicheSanitaireFactory(enfant=enfant)
        fabriques.InformationsBancairesFactory(famille=famille)
        fabriques.InformationsCafFactory(famille=famille)
        fabriques.InformationsFiscalesFactory(famille=famille)
        fabriques.QuotientFamilialFactory(famille=famille)
    for rang in range(1, n):
        fabriques.RattachementFactory(famille=famille, enfant=fabriques.EnfantFactory())
        fabriques.RattachementFactory(enfant=enfant)
        fabriques.TiersFactory(enfant=enfant)
        fabriques.VaccinationFactory(fiche=enfant.fiche_sanitaire)
        fabriques.QuotientFamilialFactory(famille=famille, date_effet=date(2000 + rang, 1, 1))
        fabriques.InformationsFiscalesFactory(famille=famille, annee=2000 + rang)
    return famille


MODELES = [
    "compte",
    "ecole",
    "enfant",
    "famille",
    "fichesanitaire",
    "informationsbancaires",
    "informationscaf",
    "informationsfiscales",
    "lectureconfidentielle",
    "quotientfamilial",
    "responsable",
]


class TestRequetes:
    """The number of queries of a page does not follow the number of rows."""

    def requetes(self, client, adresse: str) -> int:
        client.get(adresse)  # the journal's first line, the session
        with CaptureQueriesContext(connection) as requetes:
            assert client.get(adresse).status_code == 200
        return len(requetes)

    @pytest.mark.parametrize("modele", MODELES)
    def test_les_listes(self, client, directrice, modele):
        client.force_login(directrice)
        adresse = reverse(f"admin:famille_{modele}_changelist")
        peupler(2)
        avant = self.requetes(client, adresse)
        peupler(6)

        assert self.requetes(client, adresse) == avant
        assert avant <= 12

    @pytest.mark.parametrize("modele", ["famille", "enfant", "fichesanitaire", "responsable"])
    def test_les_fiches(self, client, directrice, modele):
        client.force_login(directrice)

        def adresse(famille: Famille) -> str:
            enfant = famille.enfants.order_by("pk").first()
            objet = {
                "famille": famille,
                "enfant": enfant,
                "fichesanitaire": getattr(enfant, "fiche_sanitaire", None),
                "responsable": famille.responsables.first(),
            }[modele]
            return reverse(f"admin:famille_{modele}_change", args=[objet.pk])

        avant = self.requetes(client, adresse(peupler(2)))

        assert self.requetes(client, adresse(peupler(7))) == avant

    def test_la_recherche_d_une_famille_dans_un_formulaire(self, client, directrice):
        client.force_login(directrice)
        adresse = reverse("admin:autocomplete") + (
            "?app_label=famille&model_name=quotientfamilial&field_name=famille&term=durand"
        )
        peupler(2)
        avant = self.requetes(client, adresse)
        peupler(6)

        assert self.requetes(client, adresse) == avant

    def test_chaque_modele_a_sa_rubrique_pour_qui_a_tous_les_droits(self, client, directrice):
        directrice.user_permissions.set(Permission.objects.filter(content_type__app_label="famille"))
        client.force_login(directrice)

        statuts = {m: client.get(reverse(f"admin:famille_{m}_changelist")).status_code for m in MODELES}

        assert statuts == dict.fromkeys(MODELES, 200)
