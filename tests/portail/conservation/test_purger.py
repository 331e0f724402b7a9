"""The command that deletes what is over, and the page that promises it."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from messagerie.models import Fil
from portail.conservation.durees import Duree
from portail.conservation.echanges import Conversations, Demandes
from portail.conservation.rubrique import Rubrique
from portail.conservation.sante import DonneesDeSante
from tests.portail.conservation.outils import PASSE, lignes, un_fil, une_demande, vieillir


def test_sans_option_la_commande_dit_et_ne_fait_rien(dupont, martin, agent, capsys):
    une_demande(dupont, PASSE, agent)
    un_fil(dupont, PASSE, agent)
    vieillir(martin)
    avant = lignes()
    call_command("purger")
    dit = capsys.readouterr().out.replace("\u00a0", " ")
    assert lignes() == avant
    assert "Demandes : 1 à effacer. Limite : deux ans après la décision (avant le 08/04/2013)." in dit
    assert "Conversations : 1 à effacer." in dit
    assert "Dossiers : 1 à effacer." in dit
    sante = "Limite : la fin de l’année scolaire qui suit la dernière inscription (avant le 01/09/2013)."
    assert f"Données de santé, par enfant : 1 à effacer. {sante}" in dit
    assert dit.endswith("Pour effacer, relancez avec --appliquer.\n")


def test_sans_rien_a_effacer_la_commande_ne_propose_rien(dupont, capsys):
    call_command("purger")
    assert "--appliquer" not in capsys.readouterr().out


def test_purger_deux_fois_n_efface_rien_de_plus(dupont, martin, agent, purger):
    une_demande(dupont, PASSE, agent)
    vieillir(martin)
    assert "Dossiers\u00a0: 1\u00a0ligne effacée" in purger()
    apres = lignes()
    assert "1\u00a0ligne" not in purger()
    assert lignes() == apres


def test_les_lots_vont_jusqu_au_bout(dupont, agent, purger, monkeypatch):
    monkeypatch.setattr("portail.conservation.rubrique.Rubrique.lot", 2)
    for _ in range(5):
        un_fil(dupont, PASSE, agent)
    assert "Conversations\u00a0: 5\u00a0lignes effacées" in purger()
    assert Fil.objects.count() == 0


def test_la_page_promet_ce_que_la_commande_applique(client, db, monkeypatch):
    page = client.get("/donnees-personnelles/").content.decode()
    assert "utilisent les services, puis deux ans." in page
    assert "Les traces de connexion\u00a0: un an." in page
    assert "jusqu’à la fin de l’année scolaire qui suit la dernière inscription." in page
    monkeypatch.setattr("portail.conservation.durees.DEMANDES", Duree(3))
    assert "Les demandes\u00a0: trois ans après la fin" in client.get("/donnees-personnelles/").content.decode()


def test_la_page_dit_ou_telecharger_a_qui_le_peut(client, dupont):
    assert "/mon-compte/donnees/" not in client.get("/donnees-personnelles/").content.decode()
    client.force_login(dupont.compte)
    assert 'href="/mon-compte/donnees/"' in client.get("/donnees-personnelles/").content.decode()


AUTRES_INDEX = """
SELECT indexrelid::regclass::text FROM pg_index
WHERE indrelid IN (SELECT indrelid FROM pg_index WHERE indexrelid::regclass::text = ANY (%s))
  AND NOT indisunique AND NOT (indexrelid::regclass::text = ANY (%s))
"""


@pytest.mark.usefixtures("par_le_proprietaire", "db")
def test_ce_qui_ne_s_efface_pas_encore_n_est_pas_lu():
    lus: dict[type[Rubrique], str] = {
        Demandes: "demandes_decidees",
        Conversations: "fil_termine",
        DonneesDeSante: "demandes_d_un_enfant",
    }
    with connection.cursor() as curseur:
        # What holds nothing would be read whole, or by whichever index: the others are away until the end.
        curseur.execute("SET LOCAL enable_seqscan = off")
        curseur.execute(AUTRES_INDEX, [list(lus.values())] * 2)
        curseur.execute(f"DROP INDEX {', '.join(nom for (nom,) in curseur.fetchall())}")
    for rubrique, index in lus.items():
        assert index in rubrique(timezone.localdate()).a_purger().order_by().explain()
