"""Several accesses opened together, or at the same moment: in order, all or none, each with its own name."""

import re
import threading
from datetime import date

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from famille.acces.ouverture import ouvrir_les_acces
from famille.models import Compte, Responsable
from famille.models.responsable import AccesImpossible
from tests import fabriques

pytestmark = pytest.mark.django_db


class TestEnsemble:
    """`ouvrir_les_acces`, whoever calls it."""

    @pytest.fixture
    def adultes(self) -> list[Responsable]:
        """In another order than that of the names, and than that of the list."""
        return [fabriques.ResponsableFactory(nom=nom) for nom in ("ZOLA", "ARNAUD", "MARTIN")]

    def test_les_lettres_sont_dans_l_ordre_des_noms(self, adultes):
        courrier = ouvrir_les_acces(adultes, le=date(2015, 4, 8))

        assert [lettre.responsable.nom for lettre in courrier.lettres] == ["ARNAUD", "MARTIN", "ZOLA"]
        assert courrier.nom_du_fichier == "courrier-3-acces.pdf"

    def test_les_acces_s_ouvrent_dans_l_ordre_des_numeros(self, adultes):
        """Two agents who open the same ones take turns, and do not block each other."""
        zola, arnaud, martin = adultes
        with CaptureQueriesContext(connection) as requetes:
            ouvrir_les_acces([arnaud, martin, zola], le=date(2015, 4, 8))

        verrous = [r["sql"] for r in requetes if "FOR UPDATE" in r["sql"] and "famille_responsable" in r["sql"]]
        pris = [int(re.search(r'"famille_responsable"."id" = (\d+)', verrou)[1]) for verrou in verrous]
        assert list(dict.fromkeys(pris)) == [zola.pk, arnaud.pk, martin.pk]

    def test_tous_ou_personne(self, dupont):
        """The second one’s account is closed: of the first one, no password is replaced that no letter tells."""
        ferme = fabriques.ResponsableFactory(compte=fabriques.CompteFactory(is_active=False))
        with pytest.raises(AccesImpossible):
            ouvrir_les_acces([dupont.titulaire, ferme], le=date(2015, 4, 8))

        assert Compte.objects.get(identifiant="dupont").check_password(fabriques.MOT_DE_PASSE)


@pytest.mark.django_db(transaction=True)
def test_deux_agents_ouvrent_deux_homonymes_au_meme_instant():
    responsables = [fabriques.ResponsableFactory(prenom="Jean", nom="DUPONT") for _ in range(4)]
    depart = threading.Barrier(len(responsables))

    def ouvrir(responsable: Responsable) -> None:
        depart.wait()
        try:
            responsable.ouvrir_acces()
        finally:
            connections.close_all()

    fils = [threading.Thread(target=ouvrir, args=[responsable]) for responsable in responsables]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()

    assert sorted(Compte.objects.values_list("identifiant", flat=True)) == [
        "jean.dupont",
        "jean.dupont2",
        "jean.dupont3",
        "jean.dupont4",
    ]
