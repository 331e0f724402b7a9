"""Accueil: what waits, what comes, what is new; in eight queries."""

from datetime import date, time

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from demandes.models import Demande
from demandes.types import GENRES
from facturation.models import Facture, PaiementEnLigne
from famille.models import Assurance
from messagerie.models import Fil
from planning.models import Inscription, Prestation, Structure
from planning.regles.jours import SEMAINE
from portail.accueil import TableauDuJour
from tests import fabriques
from tests.demandes.outils import accepter_telle_quelle
from tests.facturation.fabriques import RegieFactory, facture
from tests.messagerie.fabriques import DocumentFactory, InformationFactory, cinq_cents_fils
from tests.planning.fabriques import prestation

AUJOURD_HUI = date(2015, 4, 8)
# Days of issue: an invoice is due thirty days later.
HIER_ECHUE, ECHUE_CE_SOIR = date(2015, 3, 8), date(2015, 3, 9)
NB, FINE = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"


@pytest.fixture(autouse=True)
def mercredi_8_avril():
    with time_machine.travel("2015-04-08T10:00:00+02:00", tick=False) as voyage:
        yield voyage


@pytest.fixture
def client_dupont(dupont) -> Client:
    client = Client()
    client.force_login(dupont.compte)
    # The first page of a session writes to it.
    client.get("/accessibilite/")
    return client


def facturer(foyer, montant: str, *, jour: int = 1, le: date = AUJOURD_HUI, **options) -> Facture:
    """An invoice of that day of February."""
    periode = (date(2015, 2, jour), date(2015, 2, jour))
    return facture(RegieFactory(**options), foyer.famille, montant, *periode, le=le)


def tableau(foyer) -> TableauDuJour:
    return TableauDuJour(foyer.famille, foyer.compte, le=AUJOURD_HUI)


def textes(foyer) -> list[tuple[str, str]]:
    return [(alerte.niveau, alerte.texte) for alerte in tableau(foyer).alertes]


def deposer(foyer, code: str, enfant=None, **champs) -> Demande:
    genre = GENRES.pour(code)
    contenu = genre(foyer.famille, enfant, champs)
    assert contenu.is_valid(), contenu.errors
    return Demande.deposer(contenu, par=foyer.compte)


def changer_de_regime(foyer, regime: str) -> Demande:
    return deposer(foyer, "regime", foyer.enfants[0], regime=regime)


class TestCeQuiAttend:
    def test_rien_quand_tout_est_en_ordre(self, dupont, client_dupont):
        assert textes(dupont) == []
        assert "votre dossier est à jour" in client_dupont.get("/").content.decode()

    def test_une_facture_en_retard_se_dit_une_fois_et_se_paie_en_premier(self, dupont, client_dupont):
        facturer(dupont, "243.20", le=HIER_ECHUE, numcli="012345")
        facturer(dupont, "120.60", jour=2, le=ECHUE_CE_SOIR, numcli="012345")
        assert textes(dupont) == []
        page = client_dupont.get("/").text
        assert "votre dossier est à jour" not in page
        assert [page.count(f">{reference} <") for reference in ("AL-1", "AL-2")] == [1, 1]
        assert page.index("AL-1") < page.index("En retard") < page.index("AL-2") < page.index("À régler")
        # One next action, above all the rest.
        assert page.count("btn-primary") == 2  # with that of the question before the session ends
        assert page.index("AL-1") < page.index("btn-primary") < page.index("AL-2")

    def test_beaucoup_de_factures_se_disent_par_leur_somme(self, dupont, client_dupont):
        for jour in (1, 2, 3):
            facturer(dupont, "100", jour=jour, le=HIER_ECHUE)
        assert f"sur 3{NB}: 300,00{NB}€ au total" in client_dupont.get("/").text

    def test_une_facture_se_paie_en_ligne_si_la_regie_le_permet(self, dupont, client_dupont):
        facturer(dupont, "20", le=HIER_ECHUE, code="CR", numcli="")
        assert "/paiement/" not in client_dupont.get("/").text
        payable = facturer(dupont, "20", numcli="012345")
        assert reverse("facturation:paiement", args=[payable.pk]) in client_dupont.get("/").text

    def test_une_facture_en_cours_de_paiement_ne_se_redemande_pas(self, dupont, client_dupont):
        facture = facturer(dupont, "20", le=HIER_ECHUE, numcli="012345")
        PaiementEnLigne.objects.initier(facture, "jean.dupont@wanadoo.fr")
        page = client_dupont.get("/").text
        assert "Suivre le paiement" in page
        assert "En cours de paiement" in page
        assert "Payer" not in page

    def test_une_demande_refusee_avec_son_motif_pendant_deux_semaines(self, dupont, agent, mercredi_8_avril):
        demande = changer_de_regime(dupont, "panier_repas")
        assert textes(dupont) == []
        demande.refuser(par=agent, motif="Il manque le protocole.")
        attendu = f"Votre demande «{NB}Régime alimentaire{NB}» pour Léa est refusée{NB}: Il manque le protocole."
        assert textes(dupont) == [("warning", attendu)]
        assert tableau(dupont).alertes[0].adresse == demande.get_absolute_url()
        mercredi_8_avril.move_to("2015-04-23T10:00:00+02:00")
        assert textes(dupont) == []

    def test_une_demande_acceptee_en_partie_le_dit(self, dupont, agent, mercredi_8_avril):
        Inscription.objects.inscrire(dupont.enfants[0], prestation(), dupont.famille, du=AUJOURD_HUI, par=agent)
        inscription = dupont.famille.inscriptions.get()
        jours = [f"{inscription.pk}:{jour}" for jour in ("2015-04-14", "2015-04-16")]
        demande = deposer(dupont, "reservation", dupont.enfants[0], jours=jours)
        accepter_telle_quelle(demande, par=agent, sauf=[jours[0]], motif="Sortie complète.")
        (alerte,) = tableau(dupont).alertes
        assert alerte.texte == (
            f"Votre demande «{NB}Réservations{NB}» pour Léa est acceptée en partie{NB}: Sortie complète."
        )

    def test_une_demande_acceptee_ou_retiree_n_alerte_pas(self, dupont, agent):
        accepter_telle_quelle(changer_de_regime(dupont, "panier_repas"), par=agent)
        changer_de_regime(dupont, "vegetarien").retirer(par=dupont.compte)
        assert textes(dupont) == []

    def test_trois_refus_se_disent_en_une_phrase(self, dupont, agent):
        for regime in ("panier_repas", "vegetarien", "sans_porc"):
            changer_de_regime(dupont, regime).refuser(par=agent, motif="Non.")
        assert textes(dupont) == [
            ("warning", f"3{NB}demandes n’ont pas été acceptées, ou pas en entier, ces derniers jours.")
        ]

    @pytest.mark.parametrize(
        ("expire_le", "attendu"),
        [
            (date(2015, 4, 7), [("error", "L’assurance enregistrée pour Léa est expirée depuis le 07/04/2015.")]),
            (AUJOURD_HUI, [("info", "L’assurance enregistrée pour Léa expire le 08/04/2015.")]),
            (date(2015, 5, 7), [("info", "L’assurance enregistrée pour Léa expire le 07/05/2015.")]),
            (date(2015, 5, 8), []),
        ],
    )
    def test_une_assurance_expiree_ou_qui_va_l_etre(self, dupont, expire_le, attendu):
        Assurance.objects.update(expire_le=expire_le)
        assert textes(dupont) == attendu

    def test_les_assurances_de_plusieurs_enfants_se_disent_en_une_phrase(self, dupont):
        Assurance.objects.update(expire_le=date(2015, 4, 7))
        fabriques.EnfantFactory(famille=dupont.famille, nom="DUPONT", prenom="Hugo")
        ((niveau, texte),) = textes(dupont)
        assert niveau == "error"
        assert texte.startswith(f"L’attestation d’assurance manque ou se termine pour 2 enfants{NB}: ")
        assert all(prenom in texte for prenom in ("Hugo", "Léa"))

    def test_une_assurance_absente_jusqu_a_ce_qu_elle_soit_transmise(self, dupont):
        Assurance.objects.all().delete()
        assert textes(dupont) == [("warning", "Le centre n’a pas d’attestation d’assurance pour Léa.")]
        deposer(dupont, "assurance", dupont.enfants[0], compagnie="Les Écoliers", expire_le="2015-08-31")
        assert textes(dupont) == []


class TestLesProchainsJours:
    @pytest.fixture
    def garderie(self, dupont, agent) -> Inscription:
        options = {"du": AUJOURD_HUI, "jours": SEMAINE, "par": agent}
        return Inscription.objects.inscrire(dupont.enfants[0], prestation(), dupont.famille, **options)

    def test_chaque_enfant_a_ses_jours(self, dupont, garderie):
        hugo = fabriques.EnfantFactory(famille=dupont.famille, nom="DUPONT", prenom="Hugo")
        jours = {ligne.enfant: [jour.libelle for jour in ligne.jours] for ligne in tableau(dupont).enfants}
        assert jours == {
            hugo: [],
            dupont.enfants[0]: ["Aujourd’hui", "Demain", "Vendredi 10 avril", "Lundi 13 avril", "Mardi 14 avril"],
        }

    def test_un_jour_mene_a_sa_page(self, dupont, garderie, client_dupont):
        jour = tableau(dupont).enfants[0].jours[0]
        assert jour.adresse == f"/enfants/{dupont.enfants[0].pk}/planning/2015/04/8/"
        assert client_dupont.get(jour.adresse).status_code == 200

    def test_un_etat_qui_ne_va_pas_de_soi_est_ecrit(self, dupont, garderie, client_dupont):
        garderie.demander_absence([date(2015, 4, 10)], par=dupont.compte)
        page = client_dupont.get("/").content.decode()
        assert "Garderie matin <small>demande en attente</small>" in page
        assert "Rien de réservé" not in page

    def test_sans_reservation_on_dit_jusqu_a_quand(self, dupont, client_dupont):
        assert "Vous n’avez rien réservé jusqu’au mardi 14 avril." in client_dupont.get("/").content.decode()


class TestUneNouvelleFamille:
    @pytest.fixture
    def durand(self, db):
        titulaire = fabriques.ResponsableFactory(compte=fabriques.CompteFactory())
        titulaire.enfants = []
        return titulaire

    def test_elle_sait_par_ou_commencer(self, durand, client):
        client.force_login(durand.compte)
        page = client.get("/").content.decode()
        titres = [etape.titre for etape in tableau(durand).etapes]
        assert titres == ["Ajoutez votre enfant", "Vérifiez vos coordonnées", f"Une question{FINE}?"]
        for etape in tableau(durand).etapes:
            assert f'href="{etape.adresse}"' in page
            assert client.get(etape.adresse).status_code == 200
        for absente in ("dossier est à jour", "prochains jours", "Messages non lus", "impayée"):
            assert absente not in page

    def test_son_enfant_demande_elle_attend(self, durand):
        deposer(durand, "ajouter-enfant", nom="DURAND", prenom="Zoé", date_naissance="2010-02-03", sexe="F")
        etape = tableau(durand).etapes[0]
        assert (etape.titre, etape.adresse) == ("L’ajout de votre enfant est demandé", reverse("demandes:liste"))


def tout_donner(foyer, agent, combien: int) -> None:
    """Something of everything that accueil shows, `combien` times."""
    Assurance.objects.filter(enfant__familles=foyer.famille).update(expire_le=date(2015, 4, 1))
    structure = Structure.objects.create(nom=f"Accueil de Loisirs {foyer.famille.pk}")
    for rang in range(combien):
        enfant = fabriques.EnfantFactory(famille=foyer.famille, prenom=f"Enfant {rang} {foyer.titulaire.nom}")
        service = Prestation.objects.create(
            structure=structure, nom=f"Service {rang} {foyer.titulaire.nom}", heure_debut=time(8), heure_fin=time(9)
        )
        inscription = Inscription.objects.inscrire(
            enfant, service, foyer.famille, du=AUJOURD_HUI, jours=SEMAINE, par=agent
        )
        inscription.demander_absence([date(2015, 4, 10)], par=foyer.compte)
        facturer(foyer, "20", jour=rang + 1, le=HIER_ECHUE)
        Fil.ecrire_a(foyer.famille, f"Sujet {rang} {foyer.titulaire.nom}", "Bonjour", agent)
        deposer(foyer, "regime", enfant, regime="vegetarien").refuser(par=agent, motif="Non.")


def test_huit_requetes_quel_que_soit_le_dossier(client_dupont, dupont, agent):
    InformationFactory.create_batch(5)
    DocumentFactory.create_batch(5)
    tout_donner(dupont, agent, 10)
    cinq_cents_fils(dupont.famille, agent)
    with CaptureQueriesContext(connection) as requetes:
        page = client_dupont.get("/").content.decode()
    assert len(requetes) <= 8, [requete["sql"] for requete in requetes]
    # Those of the ten, those of the five hundred, and those that tell of ten refusals.
    assert f"520{NB}nouveaux messages" in page
    for vu in ("À faire, à savoir", "Enfant 9", "Service 9", "Messages non lus", "Menus de mai", "Factures impayées"):
        assert vu in page


def test_ce_qui_est_aux_martin_reste_aux_martin(client_dupont, dupont, martin, agent):
    tout_donner(martin, agent, 2)
    page = client_dupont.get("/").content.decode()
    assert "MARTIN" not in page
    assert "impayée" not in page
    assert textes(dupont) == []


def test_l_ordre_de_la_page(client_dupont, dupont, agent):
    tout_donner(dupont, agent, 1)
    page = client_dupont.get("/").content.decode()
    titres = ["impayees", "alertes", "enfants", "non-lus", "infos"]
    rangs = [page.index(f'<h2 id="titre-{titre}">') for titre in titres]
    assert rangs == sorted(rangs)
    # The menu is said once, by the menu.
    assert page.count('href="/demandes/"') == 1
