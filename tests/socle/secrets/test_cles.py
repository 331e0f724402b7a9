"""Whether our keys open what is stored: the witness tells, or before it one value of each kind, the newest."""

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connection
from django.db.models import QuerySet
from django.forms import DateField

from famille.models import FicheSanitaire, InformationsBancaires
from socle import cles
from socle.chiffrement import DateChiffree, Secret, TexteChiffre
from socle.cles import modeles_chiffres, poser_le_temoin, refuser_d_autres_cles, verifier_les_cles
from socle.models import Temoin
from tests import fabriques

pytestmark = pytest.mark.django_db


@pytest.fixture
def sans_temoin(db) -> None:
    Temoin.objects.all().delete()


def d_une_autre_cle(texte: str) -> Secret:
    return Secret(Fernet(Fernet.generate_key()).encrypt(texte.encode()).decode())


def ouvrent() -> bool:
    return verifier_les_cles() == []


@pytest.mark.usefixtures("sans_temoin")
class TestAvantLeTemoin:
    def test_une_sorte_qui_ne_s_ouvre_pas_suffit(self):
        fabriques.FicheSanitaireFactory(allergies="Arachide")
        fabriques.InformationsBancairesFactory()
        assert ouvrent()
        InformationsBancaires.objects.update(bic=d_une_autre_cle("PSSTFRPP"))
        assert not ouvrent()

    def test_la_derniere_valeur_ecrite_de_chaque_sorte_en_juge(self):
        ancienne, nouvelle = (fabriques.FicheSanitaireFactory(allergies="Arachide") for _ in range(2))
        FicheSanitaire.objects.filter(pk=ancienne.pk).update(allergies=d_une_autre_cle("Arachide"))
        assert ouvrent()
        FicheSanitaire.objects.filter(pk=nouvelle.pk).update(allergies=d_une_autre_cle("Arachide"))
        assert not ouvrent()

    def test_une_valeur_vide_ne_cache_pas_celles_d_avant(self):
        ancienne = fabriques.FicheSanitaireFactory()
        FicheSanitaire.objects.filter(pk=ancienne.pk).update(allergies=d_une_autre_cle("Arachide"))
        fabriques.FicheSanitaireFactory()
        assert not ouvrent()

    def test_un_temoin_ne_se_pose_pas_a_cote_de_ce_qui_ne_s_ouvre_pas(self):
        fabriques.InformationsBancairesFactory()
        InformationsBancaires.objects.update(bic=d_une_autre_cle("PSSTFRPP"))
        poser_le_temoin()
        assert not Temoin.objects.exists()

    def test_sinon_il_se_pose_une_fois(self):
        poser_le_temoin()
        poser_le_temoin()
        assert Temoin.objects.get().phrase == "portail famille"


def test_deux_machines_qui_migrent_a_la_fois_posent_un_temoin(monkeypatch):
    """Neither of them has seen that of the other."""
    monkeypatch.setattr(QuerySet, "exists", lambda lignes: False)
    poser_le_temoin()
    assert Temoin.objects.count() == 1


def test_une_base_qui_ne_repond_pas_n_a_rien_a_dire(monkeypatch):
    class Absente:
        def get_model(self, *nom: str) -> type:
            raise OperationalError("gone")

    monkeypatch.setattr(cles, "apps_courantes", Absente())
    assert ouvrent()


@pytest.mark.parametrize("autres", [False, True])
def test_qui_a_verifie_ses_cles_ne_garde_pas_de_connexion(monkeypatch, settings, autres):
    fermees = []
    monkeypatch.setattr(connection, "close", lambda: fermees.append(1))
    if autres:
        settings.CLES_CHIFFREMENT = [Fernet.generate_key().decode()]
        with pytest.raises(ImproperlyConfigured):
            refuser_d_autres_cles()
    else:
        refuser_d_autres_cles()
    assert fermees == [1]


def test_les_modeles_qui_cachent_quelque_chose_et_leurs_champs():
    connus = {modele._meta.label: champs for modele, champs in modeles_chiffres()}
    assert connus["famille.InformationsBancaires"] == ["titulaire", "banque", "iban", "bic"]
    assert connus["socle.Temoin"] == ["phrase"]
    assert "famille.Famille" not in connus


class TestChamps:
    """What a form or a fixture hands them."""

    def test_un_secret_reste_un_secret(self):
        secret = Secret.de("2015-04-08")
        assert TexteChiffre().to_python(secret) is secret
        assert DateChiffree().to_python(secret) is secret

    def test_une_valeur_prend_le_type_de_son_champ(self):
        assert TexteChiffre().to_python(12) == "12"
        assert DateChiffree().to_python("2015-04-08").isoformat() == "2015-04-08"
        assert DateChiffree().to_python("") == ""
        assert DateChiffree().to_python(None) is None

    def test_une_date_chiffree_se_saisit_comme_une_date(self):
        assert isinstance(DateChiffree().formfield(), DateField)
