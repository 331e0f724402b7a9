"""A key and its devices as they are kept: all of a change or nothing, nobody else's, as long as they are good."""

from base64 import b32decode
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from famille.models import AppareilDeConfiance, Authentificateur, CodeDeSecours, Compte
from tests.attente import attendre_son_tour
from tests.famille.second_facteur.outils import code, proteger

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("maintenant")]


def en_panne(*_: object) -> None:
    raise OSError("The machine stops here.")


def reconnu(compte: Compte, jeton: str) -> bool:
    return AppareilDeConfiance.objects.reconnaitre(compte, jeton) is not None


class TestAppareils:
    def test_un_appareil_est_reconnu_trente_jours_par_son_jeton_et_pour_son_compte(self, agent, regisseur, maintenant):
        tablette, jeton = AppareilDeConfiance.ajouter(agent, "iPad")
        _, autre = AppareilDeConfiance.ajouter(regisseur, "iPad")
        assert AppareilDeConfiance.objects.reconnaitre(agent, jeton) == tablette
        assert not reconnu(agent, autre)
        assert not reconnu(agent, "inventé")
        maintenant.shift(timedelta(days=30, seconds=-1))
        assert reconnu(agent, jeton)
        maintenant.shift(1)
        assert not reconnu(agent, jeton)

    def test_la_cle_d_un_autre_peut_changer(self, agent, regisseur):
        proteger(regisseur)
        proteger(agent)
        _, jeton = AppareilDeConfiance.ajouter(agent, "iPad")
        proteger(regisseur)
        assert reconnu(agent, jeton)

    def test_ceux_qui_ont_fini_s_oublient_au_suivant(self, agent, regisseur, maintenant):
        AppareilDeConfiance.ajouter(agent, "ancien")
        AppareilDeConfiance.ajouter(regisseur, "ancien de la régie")
        maintenant.shift(timedelta(days=20))
        AppareilDeConfiance.ajouter(agent, "récent")
        maintenant.shift(timedelta(days=10))
        AppareilDeConfiance.ajouter(agent, "n" * 150)
        noms = AppareilDeConfiance.objects.order_by("pk").values_list("nom", flat=True)
        assert list(noms) == ["ancien de la régie", "récent", "n" * 100]


class TestCle:
    def test_elle_se_tape_par_groupes_de_quatre_lettres(self, agent):
        cle = Authentificateur.preparer(agent)
        groupes = cle.en_lettres.split(" ")
        assert [len(groupe) for groupe in groupes] == [4] * 8
        assert b32decode("".join(groupes)).hex() == cle.cle
        champs = parse_qs(urlsplit(cle.adresse).query)
        assert (champs["secret"], champs["digits"], champs["period"]) == (["".join(groupes)], ["6"], ["30"])

    def test_la_precedente_reste_si_la_nouvelle_ne_peut_etre_faite(self, agent, monkeypatch):
        cle, _ = proteger(agent)
        monkeypatch.setattr("famille.models.second_facteur.authentificateur.secrets.token_hex", en_panne)
        with pytest.raises(OSError, match="stops here"):
            Authentificateur.preparer(agent)
        assert Authentificateur.objects.get() == cle

    def test_elle_n_est_pas_confirmee_sans_ses_codes_de_secours(self, agent, monkeypatch):
        cle = Authentificateur.preparer(agent)
        monkeypatch.setattr(CodeDeSecours, "renouveler", en_panne)
        with pytest.raises(OSError, match="stops here"):
            cle.confirmer(code(cle))
        assert not Authentificateur.objects.get().est_confirme

    def test_ses_appareils_restent_si_elle_ne_peut_etre_retiree(self, agent, monkeypatch):
        cle, _ = proteger(agent)
        _, jeton = AppareilDeConfiance.ajouter(agent, "iPad")
        monkeypatch.setattr(Authentificateur, "delete", en_panne)
        with pytest.raises(OSError, match="stops here"):
            cle.retirer()
        assert reconnu(agent, jeton)


@pytest.mark.django_db(transaction=True)
def test_deux_codes_tapes_ensemble_se_comptent_l_un_apres_l_autre(agent):
    cle, _ = proteger(agent)
    tape = code(cle)
    attendre_son_tour(cle, lambda: cle.verifier(tape))
    cle.refresh_from_db()
    assert cle.dernier_pas > 0
