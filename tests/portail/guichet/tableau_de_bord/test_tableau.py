"""The agents' first page: what each group sees waiting, each number with the list that it counts, in few queries."""

from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from courriels.models import Courriel
from facturation.models import CampagneDeFacturation, NotificationTipi, PaiementEnLigne, Reglement
from famille.models import Assurance, Compte
from messagerie.models import Fil
from planning.models import Inscription, Prestation, Reservation, Structure
from planning.regles.etats import Etat, Presence
from planning.regles.jours import Jours
from portail.guichet.tableau_de_bord.tuiles import SUJETS
from socle.requetes import comptes
from tests import fabriques
from tests.demandes.outils import changer_de_mobile
from tests.distribution import Foyer
from tests.facturation.fabriques import RegieFactory, facture, mettre_en_regie, paiement_en_ligne

pytestmark = pytest.mark.django_db
TOUS = Jours(127)


def tuiles(client: Client) -> dict[str, str]:
    """{what is counted: how many}."""
    return {tuile.titre: tuile.nombre for tuile in _toutes(client)}


def _toutes(client: Client) -> list:
    sections = client.get("/admin/").context["tableau"].sections
    return [tuile for section in sections for tuile in section.tuiles]


def _combien(liste) -> int:
    """Of a list of Django's admin, or of one of our own screens."""
    contexte = liste.context
    return contexte["cl"].result_count if "cl" in contexte else contexte["liste"].paginator.count


@pytest.fixture
def ville(dupont, martin, agent) -> Prestation:
    """Something of each kind waits, or goes wrong. Léa comes every day, whatever today is."""
    alsh = Structure.objects.create(nom="Accueil de Loisirs")
    prestation = Prestation.objects.create(
        structure=alsh, nom="ALSH", heure_debut=time(0), heure_fin=time(23), jours_scolaires=TOUS, places=1
    )
    inscrire(dupont, prestation, agent)
    mettre_en_regie(RegieFactory(), alsh)
    changer_de_mobile(dupont)
    Fil.ecrire_au_centre(dupont.titulaire, "Cantine", "Bonjour")
    fabriques.AssuranceFactory(enfant=martin.enfants[0], expire_le=timezone.localdate() + timedelta(days=10))
    Assurance.objects.filter(enfant=dupont.enfants[0]).update(expire_le=timezone.localdate() - timedelta(days=10))
    Courriel.objects.create(cle="a", destinataire="x@example.org", sujet="s", gabarit="g", prochain_essai=None)
    facture(RegieFactory(), dupont.famille, "100", date(2015, 4, 1), date(2015, 4, 30))
    Reglement.objects.enregistrer(
        dupont.famille, RegieFactory(), Decimal("40"), "cheque", le=date(2015, 5, 2), par=None
    )
    paiement = paiement_en_ligne(dupont.famille)
    vieux = timezone.now() - timedelta(days=2)
    PaiementEnLigne.objects.filter(pk=paiement.pk).update(cree_le=vieux)
    NotificationTipi.objects.create(corps="x", refdet=paiement.refdet, paiement=paiement, verdict="montant")
    hier = timezone.localdate() - timedelta(days=1)
    absent = Inscription.objects.get().journee(hier)
    absent.pointer(Presence.PRESENT, par=agent)
    Reservation.objects.update(etat=Etat.ABSENT_EXCUSE)
    return prestation


def inscrire(foyer: Foyer, prestation: Prestation, par: Compte) -> Inscription:
    cles = {"du": date(2014, 9, 1), "jours": TOUS, "par": par}
    return Inscription.objects.inscrire(foyer.enfants[0], prestation, foyer.famille, **cles)


ATTENDUES = {
    "demande à traiter": "1",
    "message sans réponse": "1",
    "présence en erreur": "1",
    "assurances à renouveler": "2",
    "e-mail non distribué": "1",
    "paiement en ligne sans réponse": "1",
    "notification à examiner": "1",
    "restent à payer": "60,00\u00a0€",
}
VUES = {
    "agent": {
        *("demande à traiter", "message sans réponse", "présence en erreur", "assurances à renouveler"),
        *("e-mail non distribué", "restent à payer"),
    },
    "animateur": {"présence en erreur", "assurances à renouveler"},
    "regisseur": {
        *("message sans réponse", "présence en erreur", "e-mail non distribué", "paiement en ligne sans réponse"),
        *("notification à examiner", "restent à payer"),
    },
    "directrice": set(ATTENDUES),
}


class TestCeQuiAttend:
    @pytest.mark.parametrize("qui", VUES)
    def test_chaque_groupe_voit_ce_qu_il_peut_faire(self, client, request, ville, qui):
        client.force_login(request.getfixturevalue(qui))
        vues = {titre: nombre for titre, nombre in tuiles(client).items() if titre in ATTENDUES}
        assert vues == {titre: ATTENDUES[titre] for titre in VUES[qui]}

    def test_rien_sans_le_droit(self, client, agent_sans_droit, ville):
        client.force_login(agent_sans_droit)
        page = client.get("/admin/")
        tableau = page.context["tableau"]
        assert (tableau.sections, tableau.jours, tableau.oublis) == ([], [], [])
        assert "ALSH" not in page.content.decode()

    def test_chaque_nombre_est_celui_de_sa_liste(self, client, directrice, ville):
        client.force_login(directrice)
        for tuile in _toutes(client):
            if tuile.nombre.isdecimal():
                liste = client.get(tuile.adresse)
                assert _combien(liste) == int(tuile.nombre), tuile.titre
            else:
                assert client.get(tuile.adresse).status_code == 200

    def test_depuis_quand_et_combien_a_part(self, client, agent, ville, dupont):
        client.force_login(agent)
        changer_de_mobile(dupont, "06 55 55 55 55")
        demande = dupont.famille.demandes.order_by("pk").first()
        demande.prendre_en_charge(par=agent)
        type(demande).objects.filter(pk=demande.pk).update(deposee_le=timezone.now() - timedelta(days=3))
        precisions = {tuile.titre: tuile.precision for tuile in _toutes(client)}
        assert precisions["demandes à traiter"] == "la plus ancienne il y a 3\u00a0jours, dont 1 que vous avez prise"
        assert precisions["assurances à renouveler"] == "dont 1 déjà expirée"

    @pytest.mark.parametrize(
        ("nombre", "dont", "dite"),
        [(1, 1, "déjà expirée"), (8, 8, "toutes expirées"), (8, 2, "dont 2 déjà expirées"), (8, 0, "")],
    )
    def test_ce_qui_est_a_part_ne_se_dit_pas_deux_fois(self, nombre, dont, dite):
        [assurances] = [sujet for sujet in SUJETS if sujet.cle == "assurances"]
        assert assurances.tuile(comptes.Compte(nombre, dont=dont), timezone.now()).precision == dite

    def test_ce_qui_n_attend_plus_reste_a_sa_place(self, client, agent):
        client.force_login(agent)
        assert {tuile.titre: (tuile.nombre, tuile.attend) for tuile in _toutes(client)}["demandes à traiter"] == (
            "0",
            False,
        )


class TestLaCampagneDuMois:
    def test_a_preparer_puis_en_preparation_puis_emise(self, client, regisseur, ville):
        client.force_login(regisseur)
        fin = timezone.localdate().replace(day=1) - timedelta(days=1)

        def dite() -> tuple[str, str]:
            [tuile] = [tuile for tuile in _toutes(client) if "Régie garderie ALSH" in tuile.titre]
            return tuile.nombre, tuile.adresse

        assert dite() == ("À préparer", "/admin/facturation/campagnedefacturation/add/")
        campagne = CampagneDeFacturation.objects.create(regie=RegieFactory(), du=fin.replace(day=1), au=fin)
        page = f"/admin/facturation/campagnedefacturation/{campagne.pk}/apercu/"
        assert dite() == ("En préparation", page)
        campagne.demander_emission(le=timezone.localdate(), par=regisseur)
        assert dite() == ("En cours", page)
        CampagneDeFacturation.objects.update(emise_le=timezone.now(), regles={})
        assert dite() == ("Émise", page)


class TestAujourdHuiEtDemain:
    def test_les_attendus_sur_les_places_et_l_appel(self, client, animateur, ville, martin, agent):
        client.force_login(animateur)
        aujourd_hui, demain = client.get("/admin/").context["tableau"].jours
        assert (aujourd_hui.titre.split(",")[0], demain.titre.split(",")[0]) == ("Aujourd’hui", "Demain")
        [ligne] = aujourd_hui.lignes
        assert (ligne.prestation, ligne.attendus, ligne.places, ligne.alerte) == ("ALSH", 1, "sur 1", "Complet")
        assert ligne.animateurs == 1
        assert (ligne.appel, ligne.en_retard) == ("Appel en retard", True)
        assert demain.lignes[0].appel == ""
        assert {
            client.get(page).status_code for page in (ligne.adresse, aujourd_hui.adresse, aujourd_hui.effectifs)
        } == {200}

    def test_un_appel_commence_n_est_plus_en_retard(self, client, animateur, ville):
        Inscription.objects.get().journee(timezone.localdate()).pointer(Presence.PRESENT, par=animateur)
        client.force_login(animateur)
        [ligne] = client.get("/admin/").context["tableau"].jours[0].lignes
        assert (ligne.appel, ligne.en_retard) == ("1\u00a0enfant pointé", False)

    def test_les_appels_oublies_de_ces_derniers_jours(self, client, request, ville):
        # Yesterday's was called.
        for qui, nombre in (("animateur", 3), ("agent", 0), ("regisseur", 0), ("directrice", 3)):
            client.force_login(request.getfixturevalue(qui))
            assert len(client.get("/admin/").context["tableau"].oublis) == nombre, qui


def test_quinze_requetes_au_plus_quoi_qu_il_y_ait(client, directrice, ville, dupont, martin, agent):
    client.force_login(directrice)

    def requetes() -> int:
        client.get("/admin/")
        with CaptureQueriesContext(connection) as lues:
            assert client.get("/admin/").status_code == 200
        return len(lues)

    peu = requetes()
    _grossir(ville, agent, martin)
    assert requetes() == peu <= 15


def _grossir(ville: Prestation, agent: Compte, martin: Foyer) -> None:
    for rang in range(4):
        autre = Structure.objects.create(nom=f"École {rang}")
        heures = {"heure_debut": time(rang), "heure_fin": time(rang, 30), "jours_scolaires": TOUS}
        prestation = Prestation.objects.create(structure=autre, nom=f"Midi {rang}", **heures)
        inscrire(martin, prestation, agent)
        mettre_en_regie(RegieFactory(code=f"R{'ABCD'[rang]}", nom=f"Régie {rang}"), autre)
        changer_de_mobile(martin, f"06 55 55 55 5{rang}")
