"""The kinds that are known."""

from dataclasses import dataclass

import pytest

from demandes.genre.onglet import MES_ENFANTS, MON_COMPTE, Onglet
from demandes.genre.registre import Registre
from demandes.genre.type_demande import TypeDemande
from famille.models import Compte


@dataclass(frozen=True)
class Genre:
    code: str
    onglet: Onglet = MON_COMPTE
    rang: int = 10
    pour_tous: bool = True

    def traitable_par(self, agent: Compte) -> bool:
        return self.pour_tous


def registre(*genres: Genre) -> Registre[Genre]:
    connus: Registre[Genre] = Registre()
    for genre in genres:
        connus.ajouter(genre)
    return connus


def test_deux_genres_ne_portent_pas_le_meme_code():
    with pytest.raises(ValueError, match="responsable"):
        type("Double", (TypeDemande,), {"code": "responsable", "__module__": __name__})


def test_un_registre_refuse_un_second_genre_de_meme_code_et_garde_le_premier():
    premier = Genre("regime")
    connus = registre(premier)
    with pytest.raises(ValueError, match="regime"):
        connus.ajouter(Genre("regime", rang=1))
    assert connus.tous() == [premier]


def test_un_genre_se_trouve_par_son_code_et_un_code_inconnu_est_une_erreur():
    caf = Genre("caf")
    assert registre(Genre("regime"), caf).pour("caf") is caf
    with pytest.raises(KeyError):
        registre(caf).pour("regime")


def test_le_plus_petit_rang_d_abord_puis_l_ordre_de_definition():
    connus = registre(Genre("a"), Genre("b", rang=0), Genre("c"), Genre("d", MES_ENFANTS, rang=1))
    assert [genre.code for genre in connus.tous()] == ["b", "d", "a", "c"]
    assert [genre.code for genre in connus.tous(MES_ENFANTS)] == ["d"]


def test_un_agent_ne_traite_que_les_genres_qui_le_veulent():
    connus = registre(Genre("regime"), Genre("sanitaires", pour_tous=False))
    assert [genre.code for genre in connus.traites_par(Compte())] == ["regime"]
