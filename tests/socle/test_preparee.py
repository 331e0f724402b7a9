"""A statement compiled once answers what the ORM would, whatever the values."""

from datetime import date
from threading import Thread

import pytest
from django.db import connection
from django.db.models import Count
from django.test.utils import CaptureQueriesContext

from famille.models import Enfant, Rattachement
from socle.requetes.preparee import Preparee, inconnue


class Ecriture:
    """How many times the queryset was written."""

    def __init__(self, requete):
        self.requete, self.fois = requete, 0

    def __call__(self):
        self.fois += 1
        return self.requete()


def enfants_nes_avant(jour):
    nes = Enfant.objects.select_related("ecole").annotate(foyers=Count("familles"))
    return nes.filter(date_naissance__lt=jour).order_by("pk")


def test_elle_donne_ce_que_donne_la_requete(dupont, martin):
    preparee = Preparee(lambda: enfants_nes_avant(inconnue("jour")))
    naissances = {enfant.date_naissance for enfant in Enfant.objects.all()}
    assert len(naissances) > 1
    for jour in (*naissances, date(1900, 1, 1), date(2100, 1, 1)):
        attendus, lus = list(enfants_nes_avant(jour)), preparee.lire(jour=jour)
        assert lus == attendus
        assert [(lu.__dict__ | {"_state": 0}, lu.ecole) for lu in lus] == [
            (attendu.__dict__ | {"_state": 0}, attendu.ecole) for attendu in attendus
        ]


def test_ecrite_une_fois_lue_autant_de_fois(dupont, martin):
    ecriture = Ecriture(lambda: enfants_nes_avant(inconnue("jour")))
    preparee = Preparee(ecriture)
    assert ecriture.fois == 0
    with CaptureQueriesContext(connection) as requetes:
        assert not preparee.lire(jour=date(1900, 1, 1))
        assert preparee.lire(jour=date(2100, 1, 1))
    assert (ecriture.fois, len(requetes)) == (1, 2)


def test_l_ecole_est_lue_avec_l_enfant(dupont, django_assert_num_queries):
    preparee = Preparee(lambda: enfants_nes_avant(inconnue("jour")))
    with django_assert_num_queries(1):
        assert [enfant.ecole.nom for enfant in preparee.lire(jour=date(2100, 1, 1)) if enfant.ecole]


def test_des_valeurs_au_lieu_d_enfants(dupont, martin):
    noms = Preparee(lambda: Enfant.objects.filter(familles=inconnue("famille")).order_by("pk").values_list("nom", "pk"))
    assert noms.lire(famille=dupont.famille.pk) == [(enfant.nom, enfant.pk) for enfant in dupont.enfants]
    assert noms.lire(famille=martin.famille.pk) == [(enfant.nom, enfant.pk) for enfant in martin.enfants]


def test_ce_qui_est_lu_a_la_suite(dupont):
    lus = Preparee(lambda: Enfant.objects.prefetch_related("familles").filter(pk=inconnue("enfant")))
    lu = lus.premier(enfant=dupont.enfants[0].pk)
    assert [famille.pk for famille in lu._prefetched_objects_cache["familles"]] == [dupont.famille.pk]


def test_rien_ou_personne(dupont):
    assert Preparee(lambda: Enfant.objects.filter(pk=inconnue("enfant"))).premier(enfant=0) is None


def test_une_valeur_qui_manque_se_dit(dupont):
    with pytest.raises(KeyError, match="jour"):
        Preparee(lambda: enfants_nes_avant(inconnue("jour"))).lire(enfant=1)


def test_ce_que_l_on_donne_n_est_pas_du_sql(dupont):
    noms = Preparee(lambda: Enfant.objects.filter(nom=inconnue("nom")))
    assert noms.lire(nom="') OR TRUE --") == []
    assert noms.lire(nom=dupont.enfants[0].nom)


@pytest.mark.django_db(transaction=True)
def test_chacun_lit_par_sa_connexion(dupont):
    """The statement is the process's; a connection is a thread's."""
    lien = Preparee(lambda: Rattachement.objects.filter(famille=inconnue("famille")))
    attendus = lien.lire(famille=dupont.famille.pk)
    lus = []

    def lire():
        lus.append(connection.connection)
        lus.append(lien.lire(famille=dupont.famille.pk))
        lus.append(connection.connection)
        connection.close()

    fil = Thread(target=lire)
    fil.start()
    fil.join()
    avant, dans_le_fil, apres = lus
    assert dans_le_fil == attendus != []
    assert avant is None
    assert apres is not None
