"""A booking that nobody decided before its day: it expires, frees its place, and is told to both sides."""

import re
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from demandes.erreurs import DejaDecidee, NeTientPlus
from demandes.models import Decision, Demande
from demandes.suivi.avancement import avancement
from demandes.suivi.frise import frise
from demandes.suivi.parts import parts_suivies
from messagerie.models import Fil, Message
from planning.models import Prestation
from planning.regles.etats import Etat
from tests.demandes.bureau import FILE, numeros, page
from tests.demandes.jours import codes, declarer_absent, demander, etats
from tests.demandes.outils import accepter_telle_quelle, changer_de_mobile, deposer, lire

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("jeudi_2_avril")]
PREMIER, SECOND = date(2015, 4, 8), date(2015, 4, 29)
JOURS = [PREMIER, SECOND]


def passer() -> str:
    """The command of every night. What it says."""
    dit = StringIO()
    call_command("expirer_demandes", stdout=dit)
    return dit.getvalue().replace("\u00a0", " ")


@pytest.fixture
def le(jeudi_2_avril):
    return lambda jour, heure="00:05": jeudi_2_avril.move_to(f"{jour.isoformat()}T{heure}:00+02:00")


def test_un_jour_que_personne_n_a_decide_rend_sa_place_le_matin_venu(dupont, mercredis, mercredi, le):
    demande = demander(dupont, mercredis, [PREMIER])
    le(date(2015, 4, 7), "23:59")
    assert (passer(), etats(mercredis, [PREMIER])) == ("", [Etat.DEMANDEE])

    le(PREMIER)
    assert passer() == "1 demande sans réponse : 1 jour à la famille.\n"

    [journee] = mercredis.journees([PREMIER])
    assert (journee.etat, journee.motif, journee.par) == (
        Etat.REFUSEE,
        "Le centre n’a pas répondu avant ce jour.",
        None,
    )
    assert mercredi.places_restantes([PREMIER]) == {PREMIER: 3}
    demande = Demande.objects.get()
    assert (demande.est_en_attente, demande.decision.verdict) == (False, Decision.Verdict.EXPIREE)
    assert passer() == ""


def test_une_demande_du_jour_meme_a_sa_journee_pour_etre_decidee(dupont, mercredis, mercredi, le):
    Prestation.objects.update(hors_delai_autorise=True)
    le(PREMIER, "07:00")
    demander(dupont, mercredis, [PREMIER])
    assert passer() == ""
    le(date(2015, 4, 9))
    assert passer() != ""
    assert etats(mercredis, [PREMIER]) == [Etat.REFUSEE]


def test_les_jours_a_venir_attendent_encore(dupont, mercredis, agent, le):
    demande = demander(dupont, mercredis, JOURS)
    le(PREMIER)
    passer()
    demande.refresh_from_db()
    assert demande.est_en_attente
    assert etats(mercredis, JOURS) == [Etat.REFUSEE, Etat.DEMANDEE]
    [expire, attend] = parts_suivies(demande, demande.contenu())
    assert (expire.avancement.texte, expire.options, attend.avancement) == ("Expiré", (), None)

    decision = accepter_telle_quelle(demande, par=agent)

    assert etats(mercredis, JOURS) == [Etat.REFUSEE, Etat.RESERVEE]
    assert decision.refusees == codes(mercredis, [PREMIER])
    assert (decision.participe, decision.motif) == ("acceptée en partie", "Le centre n’a pas répondu avant ce jour.")


def test_ce_qui_a_expire_le_dit_encore_une_fois_le_reste_decide(dupont, mercredis, agent, le):
    trois = [*JOURS, date(2015, 5, 6)]
    demande, autre = demander(dupont, mercredis, trois), demander(dupont, mercredis, [date(2015, 5, 20)])
    le(PREMIER)
    passer()
    accepter_telle_quelle(demande, par=agent, sauf=codes(mercredis, [SECOND]), motif="Sortie complète.")
    autre.refuser(par=agent, motif="Complet.")
    assert lus(demande) == ["Expiré", "Refusé", "Accepté"]
    le(date(2015, 6, 1))
    assert (lus(demande), lus(autre)) == (["Expiré", "Refusé", "Accepté"], ["Refusé"])


@pytest.mark.parametrize("verbe", ["refuser", "retirer"])
def test_refusee_ou_retiree_ensuite_elle_dit_le_jour_qui_avait_expire(dupont, mercredis, agent, le, verbe):
    demande = demander(dupont, mercredis, JOURS)
    le(PREMIER)
    passer()
    if verbe == "refuser":
        demande.refuser(par=agent, motif="Complet.")
    else:
        demande.retirer(par=dupont.compte)
    assert lus(demande) == ["Expiré", "Refusé" if verbe == "refuser" else None]


def lus(demande: Demande) -> list[str | None]:
    demande = Demande.objects.get(pk=demande.pk)
    parts = parts_suivies(demande, demande.contenu())
    return [part.avancement and part.avancement.texte for part in parts]


def test_un_jour_refuse_a_cote_d_un_jour_expire_garde_son_motif(dupont, mercredis, agent, le):
    trois = [*JOURS, date(2015, 5, 6)]
    demande = demander(dupont, mercredis, trois)
    le(PREMIER)
    passer()
    decision = accepter_telle_quelle(demande, par=agent, sauf=codes(mercredis, [SECOND]), motif="Sortie complète.")
    assert (decision.refusees, decision.motif) == (codes(mercredis, JOURS), "Sortie complète.")
    assert etats(mercredis, trois) == [Etat.REFUSEE, Etat.REFUSEE, Etat.RESERVEE]


def test_le_dernier_jour_clot_la_demande(dupont, mercredis, agent, le):
    demande = demander(dupont, mercredis, JOURS)
    for jour in JOURS:
        le(jour)
        passer()
    demande.refresh_from_db()
    assert demande.decision.est_une_expiration
    with pytest.raises(DejaDecidee, match="personne n’y a répondu à temps"):
        accepter_telle_quelle(Demande.objects.get(), par=agent)
    assert [etape.quoi for etape in frise(demande)][-1] == "Demande expirée"


def test_sans_la_commande_un_agent_decide_encore(dupont, mercredis, agent, le):
    demande = demander(dupont, mercredis, [PREMIER])
    le(PREMIER, "08:00")
    assert accepter_telle_quelle(demande, par=agent).participe == "acceptée"


def test_tout_refuser_reste_possible(dupont, mercredis, agent, le):
    demande = demander(dupont, mercredis, JOURS)
    le(PREMIER)
    passer()
    with pytest.raises(NeTientPlus, match="rien à accepter"):
        accepter_telle_quelle(demande, par=agent, sauf=codes(mercredis, [SECOND]), motif="Non.")
    demande.refuser(par=agent, motif="Complet.")
    assert etats(mercredis, JOURS) == [Etat.REFUSEE, Etat.REFUSEE]


def test_une_absence_attend_sa_decision(dupont, mercredis, agent, le):
    mercredis.reserver([PREMIER], par=agent)
    declarer_absent(dupont, mercredis, [PREMIER])
    le(date(2015, 4, 20))
    assert passer() == ""
    assert etats(mercredis, [PREMIER]) == [Etat.ABSENCE_DEMANDEE]


def test_une_demande_sans_jour_n_expire_pas(dupont, le):
    changer_de_mobile(dupont)
    le(date(2016, 4, 8))
    assert passer() == ""
    assert Demande.objects.get().est_en_attente


class TestAnnonce:
    def test_la_famille_recoit_un_message_et_un_courriel(
        self, dupont, martin, mercredis, le, mailoutbox, django_capture_on_commit_callbacks
    ):
        dupont.titulaire.autorisation_courriel = False
        dupont.titulaire.save()
        demande = demander(dupont, mercredis, JOURS)
        le(PREMIER)
        with django_capture_on_commit_callbacks(execute=True):
            passer()
        sujet = f"Votre demande n° {demande.pk} n’a pas eu de réponse à temps"
        assert [courriel.subject.replace("\u00a0", " ") for courriel in mailoutbox][1:] == [sujet]
        texte = Message.objects.get(fil__famille=dupont.famille).texte.replace("\u00a0", " ")
        assert "« Réservations » du 02/04/2015, pour Léa : le centre n’a pas répondu avant ce jour." in texte
        assert "Ce jour n’est pas réservé :\n– mercredi 8 avril 2015, ALSH Mercredi journée" in texte
        assert "29 avril" not in texte
        assert f"/demandes/{demande.pk}/" in texte
        assert not Fil.objects.filter(famille=martin.famille).exists()

    def test_les_jours_sont_dits_dans_l_ordre_de_quelque_prestation_qu_ils_soient(
        self, dupont, inscrire, mercredi, garderie, le
    ):
        voulus = [*codes(inscrire(mercredi), JOURS), *codes(inscrire(garderie), [date(2015, 4, 9)])]
        deposer(dupont, "reservation", dupont.enfants[0], jours=voulus)
        le(SECOND)
        passer()
        texte = Message.objects.get(fil__famille=dupont.famille).texte
        assert re.findall(r"– \w+ (\d+) avril", texte) == ["8", "9", "29"]

    def test_une_seconde_nuit_dit_les_jours_de_la_seconde(self, dupont, mercredis, le):
        demander(dupont, mercredis, JOURS)
        for jour in JOURS:
            le(jour)
            passer()
        [premier, second] = [message.texte for message in Message.objects.order_by("pk")]
        assert ("8 avril" in premier, "29 avril" in premier) == (True, False)
        assert ("– mercredi 8 avril" in second, "29 avril" in second) == (False, True)


class TestPages:
    @pytest.fixture
    def expiree(self, dupont, mercredis, le) -> Demande:
        demande = demander(dupont, mercredis, [PREMIER])
        le(PREMIER)
        passer()
        le(PREMIER, "09:00")
        return Demande.objects.get(pk=demande.pk)

    def test_le_parent_la_voit(self, client, dupont, expiree):
        client.force_login(dupont.compte)
        assert avancement(expiree).texte == "Expirée"
        html = lire(client, expiree.get_absolute_url())
        assert "Expirée" in html
        assert "Un jour sans réponse n’est pas réservé." in html
        for suite in ("/messages/nouveau/", f"/enfants/{dupont.enfants[0].pk}/planning/"):
            assert f'href="{suite}"' in html
        assert "Demandes restées sans réponse" in lire(client, "/demandes/")
        accueil = lire(client, "/").replace("\u00a0", " ")
        assert "« Réservations » pour Léa est restée sans réponse" in accueil

    def test_l_agent_la_retrouve(self, client, directrice, expiree):
        client.force_login(directrice)
        assert numeros(client.get(FILE)) == []
        assert numeros(client.get(FILE, {"etat": "expirees"})) == [expiree.pk]
        assert "Personne n’y a répondu à temps." in lire(client, page(expiree))

    def test_l_agent_voit_le_jour_qui_ne_se_decide_plus(self, client, directrice, dupont, mercredis, le):
        demande = demander(dupont, mercredis, JOURS)
        le(PREMIER)
        passer()
        client.force_login(directrice)
        html = lire(client, page(demande))
        assert "personne n’a répondu à temps" in html
        assert html.count('name="part-') == 1
