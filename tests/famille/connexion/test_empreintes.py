"""Many passwords at once: a few are served, a few wait, the others are told to come back; pages keep their threads."""

from contextlib import ExitStack
from threading import Lock, Semaphore, Thread

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.hashers import check_password, get_hashers, make_password
from django.urls import reverse

from famille import regle_des_mots_de_passe
from famille.connexion import empreintes
from famille.connexion.empreintes import EN_ATTENTE, ENSEMBLE, GUICHET, Guichet, TropDeMonde
from tests.fabriques import MOT_DE_PASSE

PORTE = reverse("famille:connexion")
FILS_D_UN_PROCESSUS = 4  # docs/exploitation.md


class Lente:
    """A hash that ends when the test says so, and counts how many are reckoned together."""

    def __init__(self) -> None:
        self.ensemble = self.au_plus = 0
        self._verrou, self._fin = Lock(), Semaphore(0)

    def verify(self, password: str, encoded: str) -> bool:
        with self._verrou:
            self.ensemble += 1
            self.au_plus = max(self.au_plus, self.ensemble)
        assert self._fin.acquire(timeout=10)
        with self._verrou:
            self.ensemble -= 1
        return True

    def finir(self, combien: int) -> None:
        self._fin.release(combien)


@pytest.fixture
def foule():
    """As many passwords as may be in there."""
    with ExitStack() as pile:
        for _ in range(ENSEMBLE + EN_ATTENTE):
            GUICHET._dedans.acquire()
            pile.callback(GUICHET._dedans.release)
        yield pile


def test_un_mot_de_passe_a_la_fois_deux_attendent_les_autres_reviendront(monkeypatch):
    lente, issues, renvoyes = Lente(), [], Semaphore(0)
    monkeypatch.setattr(regle_des_mots_de_passe.Argon2id, "verify", lambda ici, mot, empreinte: lente.verify(mot, ""))
    monkeypatch.setattr(empreintes, "GUICHET", Guichet(ensemble=1, en_attente=2))

    def parent() -> None:
        try:
            issues.append(empreintes.Argon2id().verify(MOT_DE_PASSE, ""))
        except TropDeMonde:
            issues.append("renvoyé")
            renvoyes.release()

    fils = [Thread(target=parent) for _ in range(8)]
    for fil in fils:
        fil.start()
    # Nobody is served yet: five are sent back at once, three are inside.
    for _ in range(5):
        assert renvoyes.acquire(timeout=10)
    lente.finir(3)
    for fil in fils:
        fil.join(10)
    assert sorted(issues, key=str) == [True] * 3 + ["renvoyé"] * 5
    assert lente.au_plus == 1


def test_qui_sort_laisse_sa_place_meme_apres_une_panne():
    guichet = Guichet(ensemble=1, en_attente=0)
    with pytest.raises(ZeroDivisionError), guichet.passer():
        raise ZeroDivisionError
    with guichet.passer(), pytest.raises(TropDeMonde), guichet.passer():
        raise AssertionError


def test_il_reste_toujours_un_fil_pour_les_pages():
    assert ENSEMBLE + EN_ATTENTE < FILS_D_UN_PROCESSUS


@pytest.mark.parametrize("algorithme", [h.algorithm for h in get_hashers()])
def test_tout_mot_de_passe_passe_au_guichet_pour_etre_fait_ou_verifie(algorithme, foule):
    with pytest.raises(TropDeMonde):
        make_password(MOT_DE_PASSE, hasher=algorithme)
    foule.close()
    empreinte = make_password(MOT_DE_PASSE, hasher=algorithme)
    assert check_password(MOT_DE_PASSE, empreinte)
    for _ in range(ENSEMBLE + EN_ATTENTE):
        GUICHET._dedans.acquire()
        foule.callback(GUICHET._dedans.release)
    with pytest.raises(TropDeMonde):
        check_password(MOT_DE_PASSE, empreinte)


@pytest.mark.parametrize("identifiant", ["dupont", "personne"])
def test_la_porte_trop_pleine_le_dit_et_garde_l_identifiant(client, dupont, foule, identifiant):
    reponse = client.post(PORTE, {"username": identifiant, "password": MOT_DE_PASSE})
    assert (reponse.status_code, reponse["Retry-After"]) == (503, "3")
    texte = reponse.content.decode()
    assert "Beaucoup de familles se connectent en ce moment." in texte
    assert f'value="{identifiant}"' in texte
    assert MOT_DE_PASSE not in texte


def test_qui_est_renvoye_n_a_pas_echoue_et_entre_a_l_essai_suivant(client, dupont, foule):
    for _ in range(6):
        client.post(PORTE, {"username": "dupont", "password": MOT_DE_PASSE})
    assert AccessAttempt.objects.count() == 0
    foule.close()
    assert client.post(PORTE, {"username": "dupont", "password": MOT_DE_PASSE}).status_code == 302


def test_ailleurs_qu_a_la_porte_une_page_dit_de_recommencer_et_rien_n_est_change(client, dupont, foule):
    client.force_login(dupont.compte)
    avant = dupont.compte.password
    reponse = client.post(
        reverse("famille:mot_de_passe_changement"),
        {"old_password": MOT_DE_PASSE, "new_password1": "Tilleuls2015", "new_password2": "Tilleuls2015"},
    )
    assert (reponse.status_code, reponse["Retry-After"]) == (503, "3")
    assert "n’a rien fait" in reponse.content.decode()
    dupont.compte.refresh_from_db()
    assert dupont.compte.password == avant
