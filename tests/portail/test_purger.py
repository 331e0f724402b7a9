"""What goes once its time is over, and all that must not. Today is 8 April 2015."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.files.storage import default_storage
from django.core.management import call_command

from courriels.models import Courriel
from demandes.models import Decision, Demande
from demandes.models import Piece as PieceDeDemande
from facturation.campagne.lot_de_factures import FactureAEmettre, LotDeFactures
from facturation.models import Facture, Ligne, Reglement
from famille.models import Compte, Enfant, Famille, FicheSanitaire, LectureSante, Responsable, Vaccination
from messagerie.envois.lancement import lancer
from messagerie.models import Destination, Fil, Message
from planning.models import Inscription, Reservation
from portail.conservation.durees import SANTE, Duree
from socle.fichiers.examen import Fichier, TypeMime
from tests import fabriques
from tests.demandes.outils import changer_de_mobile, deposer
from tests.distribution import Foyer
from tests.facturation.fabriques import RegieFactory, facture
from tests.messagerie.fabriques import preparer
from tests.planning.fabriques import prestation

AUJOURD_HUI = datetime(2015, 4, 8, 3, 0, tzinfo=UTC)
# A day more than two years ago, and two years ago to the day: the first may go, the second may not.
PASSE, DE_JUSTESSE = datetime(2013, 4, 7, 10, 0, tzinfo=UTC), datetime(2013, 4, 8, 10, 0, tzinfo=UTC)
PDF = Fichier("certificat.pdf", TypeMime.PDF, b"%PDF-1.7 %%EOF")


@pytest.fixture(autouse=True)
def en_2015() -> Iterator[None]:
    with time_machine.travel(AUJOURD_HUI, tick=False):
        yield


@pytest.fixture
def purger(capsys, django_capture_on_commit_callbacks):
    """Apply, and say what the command said."""

    def purger() -> str:
        with django_capture_on_commit_callbacks(execute=True):
            call_command("purger", appliquer=True)
        return capsys.readouterr().out

    return purger


def _lignes() -> dict[str, int]:
    return {m._meta.label: m._base_manager.count() for m in apps.get_models() if m is not ContentType}


def _vieillir(foyer: Foyer, depuis: datetime = PASSE) -> None:
    """Nothing has happened in that dossier since then."""
    Famille.objects.filter(pk=foyer.famille.pk).update(creee_le=depuis)
    foyer.famille.quotients.update(date_effet=date(2012, 9, 1))


def _inscrire(foyer: Foyer, agent: Compte, au: date | None, enfant: Enfant | None = None) -> Inscription:
    """From September 2012, with a day booked and attended."""
    with time_machine.travel(datetime(2012, 8, 20, tzinfo=UTC), tick=False):
        inscription = Inscription.objects.inscrire(
            enfant or foyer.enfants[0], prestation(), foyer.famille, du=date(2012, 9, 3), au=au, par=agent
        )
        inscription.reserver([date(2012, 9, 3)], par=agent)
    return inscription


def _demande(foyer: Foyer, decidee_le: datetime | None, agent: Compte, **champs: str) -> Demande:
    demande = deposer(foyer, "sanitaires", foyer.enfants[0], **champs) if champs else changer_de_mobile(foyer)
    Demande.objects.filter(pk=demande.pk).update(deposee_le=PASSE - timedelta(days=400))
    if decidee_le:
        Decision.objects.create(demande=demande, verdict="acceptee", par=agent, le=decidee_le)
    return demande


def _fil(foyer: Foyer, le: datetime, agent: Compte, *, repondu: bool = True) -> Fil:
    with time_machine.travel(le, tick=False):
        fil = Fil.ecrire_au_centre(foyer.titulaire, "Goûter", "Est-il fourni ?", [PDF])
        if repondu:
            fil.repondre("Oui.", par=agent)
    return fil


# --- The command ------------------------------------------------------------------------------------


def test_sans_option_la_commande_dit_et_ne_fait_rien(dupont, martin, agent, capsys):
    _demande(dupont, PASSE, agent)
    _fil(dupont, PASSE, agent)
    _vieillir(martin)
    avant = _lignes()
    call_command("purger")
    dit = capsys.readouterr().out.replace("\u00a0", " ")
    assert _lignes() == avant
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
    _demande(dupont, PASSE, agent)
    _vieillir(martin)
    assert "Dossiers\u00a0: 1\u00a0ligne effacée" in purger()
    apres = _lignes()
    assert "1\u00a0ligne" not in purger()
    assert _lignes() == apres


def test_les_lots_vont_jusqu_au_bout(dupont, agent, purger, monkeypatch):
    monkeypatch.setattr("portail.conservation.rubrique.Rubrique.lot", 2)
    for _ in range(5):
        _fil(dupont, PASSE, agent)
    assert "Conversations\u00a0: 5\u00a0lignes effacées" in purger()
    assert Fil.objects.count() == 0


# --- Requests, conversations, e-mails ---------------------------------------------------------------


def test_une_demande_decidee_depuis_plus_de_deux_ans_part_avec_ses_pieces(dupont, agent, purger):
    demande = _demande(dupont, PASSE, agent)
    piece = PieceDeDemande.depuis(PDF)
    piece.demande = demande
    piece.save()
    assert default_storage.exists(piece.fichier.name)
    purger()
    assert (Demande.objects.count(), Decision.objects.count()) == (0, 0)
    assert not default_storage.exists(piece.fichier.name)


@pytest.mark.parametrize("decidee_le", [DE_JUSTESSE, None], ids=["décidée il y a deux ans", "en attente"])
def test_une_demande_recente_ou_en_attente_reste(dupont, agent, purger, decidee_le):
    demande = _demande(dupont, decidee_le, agent)
    dit = purger()
    assert Demande.objects.get() == demande
    assert ("1, qui attendent encore une décision" in dit) is (decidee_le is None)


def test_une_conversation_finie_depuis_plus_de_deux_ans_part_avec_ses_pieces(dupont, agent, purger):
    fil = _fil(dupont, PASSE, agent)
    piece = fil.messages.first().pieces.get()
    purger()
    assert (Fil.objects.count(), Message.objects.count()) == (0, 0)
    assert not default_storage.exists(piece.fichier.name)


def test_une_conversation_qui_attend_une_reponse_reste_si_vieille_soit_elle(dupont, agent, purger):
    fil = _fil(dupont, datetime(2009, 1, 5, tzinfo=UTC), agent, repondu=False)
    assert "1, qui attendent encore une réponse" in purger()
    assert Fil.objects.get() == fil
    assert fil.messages.get().pieces.count() == 1


def test_une_conversation_reprise_il_y_a_deux_ans_reste_entiere(dupont, agent, purger):
    fil = _fil(dupont, PASSE, agent)
    with time_machine.travel(DE_JUSTESSE, tick=False):
        fil.repondre("Et bonne journée.", par=agent)
    purger()
    assert fil.messages.count() == 3


def test_une_conversation_classee_recemment_reste(dupont, agent, purger):
    """Its last message is old, but its treatment ended yesterday: only the agents' history knows."""
    fil = _fil(dupont, datetime(2009, 1, 5, tzinfo=UTC), agent, repondu=False)
    fil.classer()
    contenu = ContentType.objects.get_for_model(Fil)
    LogEntry.objects.create(user=agent, content_type=contenu, object_id=str(fil.pk), action_flag=CHANGE)
    assert "1, qu’un agent a suivies ou classées depuis" in purger()
    assert Fil.objects.get() == fil


def test_un_courriel_parti_depuis_deux_ans_part_et_non_celui_qui_n_est_jamais_parti(dupont, agent, purger):
    _fil(dupont, PASSE, agent)
    Courriel.objects.update(envoye_le=PASSE, prochain_essai=None)
    with time_machine.travel(PASSE, tick=False):
        Courriel.objects.create(destinataire="a@b.fr", sujet="x", gabarit="y", cle="z", prochain_essai=None)
    assert "1, qui ne sont jamais partis" in purger()
    assert Courriel.objects.get().cle == "z"


# --- Traces of signing in ---------------------------------------------------------------------------


@pytest.mark.parametrize("modele", [AccessAttempt, AccessLog, AccessFailureLog])
def test_une_trace_de_connexion_vit_un_an(db, purger, modele):
    communs = {"user_agent": "x", "ip_address": "192.0.2.1", "http_accept": "", "path_info": "/connexion/"}
    if modele is AccessAttempt:
        communs["failures_since_start"] = 1
    for identifiant, le in {
        "vieux": datetime(2014, 4, 7, tzinfo=UTC),
        "jeune": datetime(2014, 4, 8, tzinfo=UTC),
    }.items():
        with time_machine.travel(le, tick=False):
            modele.objects.create(username=identifiant, **communs)
    purger()
    assert modele.objects.get().username == "jeune"


def test_une_session_finie_depuis_un_an_part_et_celle_qui_sert_reste(client, dupont, purger):
    Session.objects.create(session_key="vieille", session_data="", expire_date=datetime(2014, 4, 7, tzinfo=UTC))
    client.force_login(dupont.compte)
    purger()
    assert Session.objects.get().session_key == client.session.session_key


def test_la_derniere_connexion_reste_au_compte(dupont, purger):
    Compte.objects.filter(pk=dupont.compte.pk).update(last_login=PASSE)
    purger()
    assert Compte.objects.get(pk=dupont.compte.pk).last_login == PASSE


# --- Health data ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("le", "limite"),
    [
        (date(2015, 4, 8), date(2013, 9, 1)),
        (date(2015, 8, 31), date(2013, 9, 1)),
        (date(2015, 9, 1), date(2014, 9, 1)),
        (date(2016, 2, 29), date(2014, 9, 1)),
    ],
)
def test_une_inscription_a_droit_a_toute_l_annee_scolaire_suivante(le, limite):
    assert SANTE.limite(le) == limite


def test_la_sante_d_un_enfant_qui_ne_vient_plus_est_effacee_et_lui_seul_reste(dupont, martin, agent, purger):
    lea = dupont.enfants[0]
    Enfant.objects.filter(pk=lea.pk).update(regime=Enfant.Regime.PANIER_REPAS)
    _inscrire(dupont, agent, au=date(2013, 7, 5))
    _demande(dupont, datetime(2013, 6, 1, tzinfo=UTC), agent, allergies="Arachide et sésame")
    LectureSante.objects.noter(lea, par=agent)
    purger()
    assert not FicheSanitaire.objects.filter(enfant=lea).exists()
    assert Vaccination.objects.count() == 0
    assert Demande.objects.count() == 0
    lea.refresh_from_db()
    assert (lea.regime, lea.tiers.count(), lea.inscriptions.count()) == ("standard", 1, 1)
    assert FicheSanitaire.objects.get().enfant == martin.enfants[0]
    assert LectureSante.objects.get().enfant == lea


@pytest.mark.parametrize("au", [date(2013, 9, 1), date(2015, 4, 7), None], ids=["l’an dernier", "hier", "sans fin"])
def test_la_sante_d_un_enfant_inscrit_depuis_reste(dupont, agent, purger, au):
    _inscrire(dupont, agent, au=au)
    purger()
    assert FicheSanitaire.objects.get().allergies == "Arachide"
    assert Vaccination.objects.count() == 1


@pytest.mark.parametrize("decidee_le", [None, datetime(2015, 3, 2, tzinfo=UTC)], ids=["en attente", "décidée"])
def test_la_sante_d_un_enfant_dont_on_prepare_le_retour_reste(dupont, agent, purger, decidee_le):
    _inscrire(dupont, agent, au=date(2013, 7, 5))
    _demande(dupont, decidee_le, agent, allergies="Arachide et sésame")
    assert "1, qui ne sont plus inscrits, mais une demande les concerne depuis" in purger()
    assert FicheSanitaire.objects.count() == 1
    assert Demande.objects.get().valeurs["allergies"] == "Arachide et sésame"


def test_une_inscription_oubliee_garde_la_sante_et_la_commande_le_dit(dupont, agent, purger):
    inscription = _inscrire(dupont, agent, au=None)
    assert "1, qui sont inscrits sans date de fin" in purger()
    inscription.reservations.update(jour=date(2013, 9, 2))
    assert "sans date de fin" not in purger()
    assert FicheSanitaire.objects.count() == 1


def test_la_sante_d_un_enfant_jamais_inscrit_reste_tant_que_son_dossier_sert(dupont, purger):
    assert "1, qui n’ont jamais été inscrits" in purger()
    assert FicheSanitaire.objects.count() == 1


def test_la_sante_d_un_enfant_de_deux_familles_reste_si_l_une_l_inscrit(dupont, martin, agent, purger):
    lea = dupont.enfants[0]
    fabriques.RattachementFactory(famille=martin.famille, enfant=lea)
    _inscrire(dupont, agent, au=date(2013, 1, 31))
    Inscription.objects.create(enfant=lea, prestation=prestation(), famille=martin.famille, du=date(2014, 9, 1))
    _vieillir(dupont)
    purger()
    assert FicheSanitaire.objects.get(enfant=lea).allergies == "Arachide"
    assert Famille.objects.filter(pk=dupont.famille.pk).exists()


def test_le_journal_des_lectures_vit_six_ans(dupont, agent, purger):
    vieille = LectureSante.objects.noter(dupont.enfants[0], par=agent)
    jeune = LectureSante.objects.noter(dupont.enfants[0], par=agent)
    LectureSante.objects.filter(pk=vieille.pk).update(le=datetime(2009, 4, 7, tzinfo=UTC))
    LectureSante.objects.filter(pk=jeune.pk).update(le=datetime(2009, 4, 8, tzinfo=UTC))
    purger()
    assert LectureSante.objects.get() == jeune


# --- Dossiers ---------------------------------------------------------------------------------------


def test_un_dossier_qui_ne_sert_plus_part_tout_entier(dupont, martin, agent, purger):
    _inscrire(dupont, agent, au=date(2013, 1, 31))
    _demande(dupont, datetime(2013, 3, 1, tzinfo=UTC), agent)
    _fil(dupont, PASSE, agent)
    _vieillir(dupont)
    purger()
    assert Famille.objects.get() == martin.famille
    assert Responsable.objects.get() == martin.titulaire
    assert Enfant.objects.get() == martin.enfants[0]
    assert set(Compte.objects.values_list("identifiant", flat=True)) == {"martin", "agent"}
    assert (Inscription.objects.count(), Reservation.objects.count(), FicheSanitaire.objects.count()) == (0, 0, 1)


def _inscription_sans_fin(foyer: Foyer, agent: Compte) -> None:
    _inscrire(foyer, agent, au=None)


def _reservation_recente(foyer: Foyer, agent: Compte) -> None:
    """On the last day of an inscription."""
    inscription = _inscrire(foyer, agent, au=DE_JUSTESSE.date())
    inscription.reservations.update(jour=DE_JUSTESSE.date())


def _demande_en_attente(foyer: Foyer, agent: Compte) -> None:
    _demande(foyer, None, agent)


def _demande_recente(foyer: Foyer, agent: Compte) -> None:
    _demande(foyer, DE_JUSTESSE, agent)


def _fil_en_attente(foyer: Foyer, agent: Compte) -> None:
    _fil(foyer, datetime(2009, 1, 5, tzinfo=UTC), agent, repondu=False)


def _fil_recent(foyer: Foyer, agent: Compte) -> None:
    _fil(foyer, DE_JUSTESSE, agent)


def _connexion_recente(foyer: Foyer, agent: Compte) -> None:
    Compte.objects.filter(pk=foyer.compte.pk).update(last_login=DE_JUSTESSE)


def _quotient_recent(foyer: Foyer, agent: Compte) -> None:
    foyer.famille.quotients.update(date_effet=DE_JUSTESSE.date())


def _dossier_recent(foyer: Foyer, agent: Compte) -> None:
    Famille.objects.filter(pk=foyer.famille.pk).update(creee_le=DE_JUSTESSE)


@pytest.mark.parametrize(
    "signe",
    [
        _inscription_sans_fin,
        _reservation_recente,
        _demande_en_attente,
        _demande_recente,
        _fil_en_attente,
        _fil_recent,
        _connexion_recente,
        _quotient_recent,
        _dossier_recent,
    ],
)
def test_un_seul_signe_de_vie_garde_le_dossier(dupont, agent, purger, signe):
    _vieillir(dupont)
    signe(dupont, agent)
    purger()
    assert Famille.objects.get() == dupont.famille
    assert (Responsable.objects.count(), Enfant.objects.count()) == (2, 1)


@pytest.fixture
def ecrire_a_toutes(agent, django_capture_on_commit_callbacks):
    def ecrire_a_toutes() -> None:
        with django_capture_on_commit_callbacks(execute=True):
            lancer(preparer(agent), par=agent, attendues=Famille.objects.count())

    return ecrire_a_toutes


def test_un_message_du_centre_a_toutes_les_familles_ne_garde_pas_les_dossiers(dupont, martin, ecrire_a_toutes, purger):
    _vieillir(dupont)
    ecrire_a_toutes()
    assert Destination.objects.filter(famille=dupont.famille, fil__isnull=False).exists()
    purger()
    assert Famille.objects.get() == martin.famille


def test_la_reponse_d_une_famille_a_un_message_a_toutes_garde_son_dossier(dupont, ecrire_a_toutes, purger):
    _vieillir(dupont)
    ecrire_a_toutes()
    fil = dupont.famille.fils.get()
    fil.completer("Merci.", par=dupont.titulaire)
    fil.classer()
    purger()
    assert Famille.objects.get() == dupont.famille


@pytest.mark.parametrize(
    ("le", "raison"),
    [
        (date(2012, 12, 1), "qui ont une facture ou un règlement de moins de dix ans"),
        (date(2004, 12, 1), "qui n’ont que des opérations de plus de dix ans"),
    ],
)
def test_l_argent_garde_le_dossier_mais_non_la_sante(dupont, agent, purger, le, raison):
    _inscrire(dupont, agent, au=date(2013, 1, 31))
    due = facture(RegieFactory(), dupont.famille, "10.00", le, le, le=le)
    Reglement.objects.enregistrer(dupont.famille, due.regie, Decimal("10.00"), "cheque", le=le, par=None)
    _vieillir(dupont)
    assert f"1, {raison}" in purger()
    assert (Facture.objects.count(), Ligne.objects.count(), Reglement.objects.count()) == (1, 1, 1)
    assert (Responsable.objects.count(), Enfant.objects.count(), Reservation.objects.count()) == (2, 1, 1)
    assert FicheSanitaire.objects.count() == 0


def test_la_sante_d_un_enfant_jamais_inscrit_part_avec_un_dossier_que_l_argent_retient(dupont, purger):
    facture(RegieFactory(), dupont.famille, "10.00", date(2012, 12, 1), date(2012, 12, 31), le=date(2012, 12, 31))
    _vieillir(dupont)
    purger()
    assert (Famille.objects.count(), FicheSanitaire.objects.count()) == (1, 0)


def test_l_autre_famille_garde_l_enfant_et_ce_qu_elle_en_a_demande(dupont, martin, agent, purger):
    """Neither household books any more; the other one wrote last month."""
    lea = dupont.enfants[0]
    fabriques.RattachementFactory(famille=martin.famille, enfant=lea)
    _fil(martin, datetime(2015, 3, 2, tzinfo=UTC), agent)
    _inscrire(dupont, agent, au=date(2013, 1, 31))
    _vieillir(dupont)
    purger()
    assert Famille.objects.get() == martin.famille
    assert lea.familles.get() == martin.famille
    assert lea.tiers.count() == 1


def test_un_enfant_cite_sur_la_facture_d_une_autre_famille_reste(dupont, martin, purger):
    """It was theirs too, once."""
    lea, regie, le = dupont.enfants[0], RegieFactory(), date(2012, 12, 1)
    ligne = Ligne(enfant=lea, libelle="Accueil", quantite=1, prix_unitaire=Decimal(10), montant=Decimal(10))
    LotDeFactures(regie=regie, du=le, au=le, le=le, par=None).emettre([FactureAEmettre(martin.famille.pk, [ligne])])
    _vieillir(dupont)
    purger()
    assert Famille.objects.get() == martin.famille
    assert Enfant.objects.filter(pk=lea.pk).exists()


def test_le_compte_d_un_agent_qui_est_aussi_parent_reste(dupont, purger):
    Compte.objects.filter(pk=dupont.compte.pk).update(is_staff=True)
    _vieillir(dupont)
    purger()
    assert Famille.objects.count() == 0
    assert Compte.objects.get().identifiant == "dupont"


def test_un_dossier_qu_une_ligne_imprevue_retient_reste_entier_et_les_autres_partent(dupont, martin, agent, purger):
    """A parent who was an agent has launched mailings: the login is held, so the whole dossier is."""
    preparer(dupont.compte)
    _vieillir(dupont)
    _vieillir(martin)
    purger()
    assert Famille.objects.get() == dupont.famille
    assert (Responsable.objects.count(), Enfant.objects.count()) == (2, 1)


# --- What the page promises -------------------------------------------------------------------------


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
