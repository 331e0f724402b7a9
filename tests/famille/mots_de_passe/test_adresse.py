"""The link that confirms an address: whose it is, how long it is good for, and when it is sent again."""

from datetime import timedelta

import pytest
import time_machine

from courriels.echecs import SansObjet
from courriels.models import Courriel
from famille.models import Compte, Responsable
from famille.mots_de_passe.adresse import jeton, lire, preparer, redemander
from tests.fabriques import CompteFactory, ResponsableFactory

pytestmark = pytest.mark.django_db
UN_MATIN = "2015-04-08 07:30Z"
NOUVELLE = "jean@nouvelle.example"


@pytest.fixture
def jean(db) -> Responsable:
    """His address is to be confirmed. Another one came before him, and another after."""
    ResponsableFactory(compte=CompteFactory())
    fiche = ResponsableFactory(compte=CompteFactory(), email=NOUVELLE, email_confirme_le=None)
    ResponsableFactory(compte=CompteFactory())
    return fiche


def courriel(porteur: Responsable | Compte, a: str = NOUVELLE) -> Courriel:
    return Courriel(destinataire=a, contexte={"sorte": porteur._meta.model_name, "pk": porteur.pk})


def a_confirmer() -> int:
    return Courriel.objects.filter(gabarit="adresse_a_confirmer").count()


class TestDepart:
    def test_le_lien_dit_de_qui_est_l_adresse_et_vaut_sept_jours(self, jean):
        dit = preparer(courriel(jean))
        assert dit["jours"] == 7
        assert lire(dit["chemin"].rstrip("/").rpartition("/")[2], jean.compte) == jean

    def test_celui_d_un_agent_est_de_son_compte(self):
        agent = CompteFactory(is_staff=True, email=NOUVELLE, email_confirme_le=None)
        dit = preparer(courriel(agent))
        assert lire(dit["chemin"].rstrip("/").rpartition("/")[2], agent) == agent

    def test_il_n_a_plus_d_objet_une_fois_l_adresse_confirmee(self, jean):
        jean.confirmer_adresse()
        with pytest.raises(SansObjet, match="confirmée"):
            preparer(courriel(jean))

    def test_ni_une_fois_changee(self, jean):
        with pytest.raises(SansObjet, match="a changé"):
            preparer(courriel(jean, "jean@ancienne.example"))

    def test_ni_si_la_fiche_n_est_plus(self, jean):
        parti = courriel(jean)
        jean.delete()
        with pytest.raises(SansObjet):
            preparer(parti)


class TestLecture:
    def test_le_lien_ne_vaut_que_pour_son_compte(self, jean):
        """Jeanne has the same address, and an agent has no record."""
        jeanne = ResponsableFactory(compte=CompteFactory(), email=NOUVELLE, email_confirme_le=None)
        agent = CompteFactory(is_staff=True, email=NOUVELLE)
        assert lire(jeton(jean), jean.compte) == jean
        assert lire(jeton(jean), jeanne.compte) is None
        assert lire(jeton(jean), agent) is None

    def test_ni_pour_une_autre_adresse(self, jean):
        lien = jeton(jean)
        Responsable.objects.filter(pk=jean.pk).update(email="encore@example.org")
        assert lire(lien, Compte.objects.get(pk=jean.compte_id)) is None

    def test_la_fiche_et_le_compte_d_un_meme_numero_ne_se_confondent_pas(self):
        compte = CompteFactory(email=NOUVELLE)
        fiche = ResponsableFactory(pk=compte.pk, compte=compte, email=NOUVELLE)
        assert isinstance(lire(jeton(fiche), compte), Responsable)
        assert isinstance(lire(jeton(compte), compte), Compte)

    def test_il_vaut_sept_jours(self, jean):
        with time_machine.travel(UN_MATIN, tick=False) as horloge:
            lien = jeton(jean)
            horloge.shift(timedelta(days=7))
            assert lire(lien, jean.compte) == jean
            horloge.shift(timedelta(seconds=1))
            assert lire(lien, jean.compte) is None

    def test_un_texte_quelconque_n_est_pas_un_lien(self, jean):
        assert lire("abc", jean.compte) is None


class TestDeNouveau:
    @pytest.fixture(autouse=True)
    def horloge(self):
        with time_machine.travel(UN_MATIN, tick=False) as horloge:
            yield horloge

    def test_il_se_redemande_apres_cinq_minutes(self, jean, horloge):
        envoyes = []
        for delai in (timedelta(0), timedelta(minutes=4, seconds=59), timedelta(seconds=2)):
            horloge.shift(delai)
            redemander(jean)
            envoyes.append(a_confirmer())
        assert envoyes == [1, 1, 2]

    @pytest.mark.parametrize(("en_avance", "renvoye"), [(timedelta(minutes=4), False), (timedelta(days=1), True)])
    def test_celui_d_une_horloge_en_avance_ne_le_retient_pas_longtemps(self, jean, horloge, en_avance, renvoye):
        horloge.shift(en_avance)
        redemander(jean)
        horloge.shift(-en_avance)
        redemander(jean)
        assert a_confirmer() == (2 if renvoye else 1)

    @pytest.mark.parametrize(
        ("gabarit", "a"), [("mot_de_passe", NOUVELLE), ("adresse_a_confirmer", "voisine@example.org")]
    )
    def test_un_autre_courriel_ne_le_retient_pas(self, jean, gabarit, a):
        Courriel.objects.create(cle="autre", destinataire=a, sujet="Autre chose", gabarit=gabarit)
        redemander(jean)
        assert Courriel.objects.filter(gabarit="adresse_a_confirmer", destinataire=NOUVELLE).count() == 1
