"""Who gets the e-mails of a dossier, and what becomes of them."""

import pytest

from courriels.models import Courriel
from tests.courriels.fabriques import avis
from tests.fabriques import FamilleFactory, ResponsableFactory

pytestmark = pytest.mark.django_db


def test_une_information_va_aux_seuls_responsables_qui_l_autorisent(dupont, martin):
    for foyer in (dupont, martin):
        foyer.famille.prevenir(avis(f"essai:{foyer.famille.pk}", information=True))
    assert [courriel.destinataire for courriel in Courriel.objects.all()] == ["jean.dupont@wanadoo.fr"]


def test_le_service_va_a_tous_ceux_qui_ont_une_adresse(dupont, martin):
    for foyer in (dupont, martin):
        foyer.famille.prevenir(avis(f"essai:{foyer.famille.pk}"))
    assert sorted(courriel.destinataire for courriel in Courriel.objects.all()) == [
        "jean.dupont@wanadoo.fr",
        "sophie.martin@example.org",
    ]


def test_deux_parents_autorises_ont_chacun_le_leur():
    famille = FamilleFactory()
    for role in ("titulaire", "conjoint"):
        ResponsableFactory(famille=famille, role=role, email=f"{role}@example.org", autorisation_courriel=True)
    famille.prevenir(avis(information=True))
    assert {courriel.destinataire for courriel in Courriel.objects.all()} == {
        "titulaire@example.org",
        "conjoint@example.org",
    }


def test_les_courriels_d_un_dossier_partent_avec_lui_et_eux_seuls(dupont, martin):
    martin.titulaire.autorisation_courriel = True
    martin.titulaire.save()
    for foyer in (dupont, martin):
        foyer.famille.prevenir(avis(f"essai:{foyer.famille.pk}"))
    assert Courriel.objects.count() == 2
    type(dupont.famille).objects.filter(pk=dupont.famille.pk).delete()
    assert Courriel.objects.get().dossier == martin.famille.pk
