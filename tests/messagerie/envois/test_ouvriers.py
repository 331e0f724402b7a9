"""Real workers, killed for real.

A worker is killed where it is known to stand: PostgreSQL or the mail server keeps it waiting there.
"""

import pytest
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult

from courriels.models import Courriel
from messagerie.envois.taches import expedier
from messagerie.models import Envoi, Fil, Message
from tests.courriels.bal import Bal
from tests.messagerie.fabriques import adresses, envoi_lance_a
from tests.messagerie.ouvriers import (
    DELAI,
    Embaucher,
    attendre,
    aucun_fil_ne_s_ecrit,
    en_plein_lot,
    les_morts_sont_enterres,
    tuer,
)


@pytest.mark.lent
def test_mille_familles_un_fil_et_un_courriel_chacune_quand_deux_ouvriers_meurent(embaucher: Embaucher, smtp: Bal):
    envoi = envoi_lance_a(1000)
    # A mailing is enqueued once; but the timer's `reprendre_envois` may find it unfinished, and work at it too.
    for _ in range(2):
        expedier.enqueue(envoi.pk)
    smtp.retenir("RCPT", apres=400)

    premier, deuxieme = embaucher(), embaucher()
    with aucun_fil_ne_s_ecrit():
        attendre(lambda: len(en_plein_lot()) == 2)
        # Its session may outlive it: PostgreSQL hears of its death when it has something to say to it.
        les_deux = en_plein_lot()
        tuer(premier)
        troisieme = embaucher()
        attendre(lambda: bool(en_plein_lot() - les_deux))

    # Both carry e-mails. At RCPT the server has accepted nothing: what the second holds did not leave, for certain.
    attendre(lambda: smtp.retenues == 2)
    tuer(deuxieme)
    smtp.relacher()
    assert troisieme.wait(DELAI) == 0

    # What the first held may have come back after the third had passed: this is what the timer is for.
    attendre(les_morts_sont_enterres)
    call_command("reprendre_envois", verbosity=0)
    assert Fil.objects.values("famille").distinct().count() == Fil.objects.count() == Message.objects.count() == 1000
    assert smtp.adresses == adresses(1000)
    assert not Envoi.objects.en_cours().exists()


def test_la_tache_d_un_mort_n_est_reprise_que_par_la_commande(embaucher: Embaucher, smtp: Bal, capsys):
    envoi_lance_a(3)
    ouvrier = embaucher()
    with aucun_fil_ne_s_ecrit():
        attendre(lambda: len(en_plein_lot()) == 1)
        tuer(ouvrier)
    attendre(les_morts_sont_enterres)

    # The queue believes that it still runs, and gives it to nobody.
    assert embaucher().wait(DELAI) == 0
    assert [tache.status for tache in DBTaskResult.objects.all()] == ["RUNNING"]
    assert not Fil.objects.exists()

    call_command("reprendre_envois")
    assert capsys.readouterr().out == "3\u00a0familles, 3\u00a0e-mails\n1\u00a0tâche remise dans la file\n"
    assert Fil.objects.values("famille").distinct().count() == Fil.objects.count() == 3
    assert smtp.adresses == adresses(3)


def test_mort_apres_l_accord_du_serveur_le_courriel_repart_sous_le_meme_identifiant(embaucher: Embaucher, smtp: Bal):
    """The one moment that no outbox can close: the server has taken it, and we could not write it down."""
    envoi_lance_a(1)
    smtp.retenir("DATA")
    ouvrier = embaucher()
    attendre(lambda: smtp.retenues == 1)
    tuer(ouvrier)
    smtp.relacher()
    attendre(les_morts_sont_enterres)

    call_command("reprendre_envois", verbosity=0)
    assert smtp.adresses == adresses(1) * 2
    # A mailbox folds those that carry the same.
    assert len({message["Message-ID"] for message in smtp.recus}) == 1
    assert Courriel.objects.get().envoye_le
