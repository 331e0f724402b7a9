"""Two records of one child become one: all moves, nothing is billed twice or given back, nothing is lost."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from demandes.models import Demande
from facturation.campagne.apercu import apercevoir
from facturation.models import Facture, Ligne
from famille.fusion.ecarts import FusionImpossible
from famille.fusion.enfants import FusionDEnfants
from famille.models import Compte, Enfant, FicheSanitaire, LectureConfidentielle, Tiers
from planning.models import Reservation
from tests import fabriques
from tests.facturation.ville import LE, NOVEMBRE, Ville, batir, emettre, foyer, inscrire, reserver

pytestmark = pytest.mark.django_db
LE_2_NOVEMBRE, LE_2_DECEMBRE = (time_machine.travel(f"2026-{mois}-02 09:00+01:00", tick=False) for mois in (11, 12))


@pytest.fixture
def ville() -> Ville:
    return batir()


@pytest.fixture
def garde(ville) -> Enfant:
    """With the canteen on 1 and 2 October, of one famille."""
    famille, enfant = foyer("Zoé")
    reserver(inscrire(famille, enfant, ville.cantine), [1, 2])
    return enfant


@pytest.fixture
def fondue(ville) -> Enfant:
    """The same child, entered anew in the record of another famille: the garderie, and the canteen on the 5th."""
    famille, enfant = foyer("Zoé")
    reserver(inscrire(famille, enfant, ville.garderie), [1, 2])
    reserver(inscrire(famille, enfant, ville.cantine), [5])
    fabriques.TiersFactory(enfant=enfant, nom="BERNARD", prenom="Odile")
    Demande.objects.create(famille=famille, enfant=enfant, type="identite", donnees={"classe": "CE1"})
    return enfant


def refus(garde: Enfant, fondue: Enfant, par: Compte) -> str:
    with pytest.raises(FusionImpossible) as dit:
        FusionDEnfants(garde, fondue).faire(par=par)
    fondue.refresh_from_db()
    assert fondue.fondu_dans is None
    return str(dit.value)


def test_tout_passe_d_une_fiche_a_l_autre(garde, fondue, agent, directrice):
    LectureConfidentielle.objects.noter(fondue, par=agent)
    LogEntry.objects.log_actions(agent.pk, [fondue], CHANGE, "Classe corrigée.", single_object=True)
    fabriques.AssuranceFactory(enfant=fondue)
    fabriques.FicheSanitaireFactory(enfant=fondue, allergies="Arachide")
    fusion = FusionDEnfants(garde, fondue)
    assert fusion.compter() == [
        "1\u00a0famille",
        "1\u00a0personne autorisée ou interdite",
        "1\u00a0fiche sanitaire",
        "1\u00a0demande",
        "2\u00a0inscriptions et 3\u00a0jours réservés ou pointés",
    ]
    fusion.faire(par=directrice)
    garde.refresh_from_db()
    assert (garde.familles.count(), garde.inscriptions.count(), garde.tiers.count()) == (2, 3, 1)
    assert Reservation.objects.filter(inscription__enfant=garde).count() == 5
    assert Demande.objects.get().enfant == garde
    assert FicheSanitaire.objects.get().enfant == garde
    assert garde.assurance.compagnie == "Assurance scolaire"
    assert garde.lectures.count() == 1
    ancienne, fusionnee = LogEntry.objects.order_by("pk")
    assert {ancienne.object_id, fusionnee.object_id} == {str(garde.pk)}
    assert (fusionnee.user, fusionnee.object_repr) == (directrice, str(garde))
    assert fusionnee.change_message.startswith(f"Fiche n°\u00a0{fondue.pk} (Zoé PETIT) fusionnée dans celle-ci")
    assert list(Enfant.objects.connus()) == [garde]
    assert FusionDEnfants(garde, fondue).obstacles(par=directrice) != []


def test_ce_qui_manque_est_complete_et_ce_qui_est_refuse_le_reste(garde, fondue, directrice):
    Enfant.objects.filter(pk=garde.pk).update(classe="", autorise_image=True, autorise_transport=True)
    Enfant.objects.filter(pk=fondue.pk).update(classe="CE1", regime="sans_porc", autorise_image=True)
    FusionDEnfants(garde, fondue).faire(par=directrice)
    garde.refresh_from_db()
    assert (garde.classe, garde.regime) == ("CE1", "sans_porc")
    assert (garde.autorise_image, garde.autorise_transport) == (True, False)


@pytest.mark.parametrize("nom", ["BERNARD", "Bernard"])
def test_qui_est_interdit_sur_une_fiche_l_est_sur_celle_qui_reste(garde, fondue, nom, directrice):
    fondue.tiers.update(statut=Tiers.Statut.INTERDIT)
    fabriques.TiersFactory(enfant=garde, nom=nom, prenom="Odile")
    FusionDEnfants(garde, fondue).faire(par=directrice)
    tiers = garde.tiers.get()
    assert (tiers.nom, tiers.statut) == (nom, Tiers.Statut.INTERDIT)


def test_qui_est_interdit_sur_la_fiche_qui_reste_ne_redevient_pas_autorise(garde, fondue, directrice):
    fabriques.TiersFactory(enfant=garde, nom="BERNARD", prenom="Odile", statut=Tiers.Statut.INTERDIT)
    FusionDEnfants(garde, fondue).faire(par=directrice)
    assert garde.tiers.get().statut == Tiers.Statut.INTERDIT


def test_la_fiche_qui_disparait_ne_dit_plus_rien_de_la_sante(garde, fondue, directrice):
    Enfant.objects.filter(pk=fondue.pk).update(regime="sans_porc")
    FusionDEnfants(garde, fondue).faire(par=directrice)
    fondue.refresh_from_db()
    assert fondue.regime == "standard"


@LE_2_NOVEMBRE
def test_ce_qui_passe_s_accorde_en_nombre_et_ce_qui_est_nul_se_tait(ville, garde, fondue):
    emettre(ville.campagne())
    famille, sans_un_jour = foyer("Zoé")
    inscrire(famille, sans_un_jour, ville.cantine)
    assert "2\u00a0lignes de factures (qui ne changent pas)" in FusionDEnfants(garde, fondue).compter()
    assert FusionDEnfants(garde, sans_un_jour).compter() == ["1\u00a0famille", "1\u00a0inscription"]


def test_ce_qui_a_ete_facture_le_reste_et_ne_se_refacture_pas(ville, garde, fondue, directrice):
    """October is billed to each famille; then the records become one: November corrects nothing."""
    with LE_2_NOVEMBRE:
        emettre(ville.campagne())
    avant = set(Facture.objects.values_list("famille", "montant"))
    assert len(avant) == 2
    FusionDEnfants(garde, fondue).faire(par=directrice)
    with LE_2_DECEMBRE:
        apercu = apercevoir(ville.campagne(NOVEMBRE), au=date(2026, 12, 2))
        assert (apercu.factures, apercu.avoirs, apercu.montant) == (0, 0, Decimal(0))
        emettre(ville.regie.campagnes.get(du=NOVEMBRE[0]))
    assert set(Facture.objects.values_list("famille", "montant")) == avant
    assert Ligne.objects.d_un_enfant(garde.pk).count() == Ligne.objects.count()


@pytest.mark.parametrize(("retire", "rendu"), [("cantine", "3.60"), ("garderie", "2.00")])
def test_un_jour_facture_sous_l_autre_fiche_se_rend_encore(ville, garde, fondue, retire, rendu, directrice):
    famille = fondue.familles.get()
    with LE_2_NOVEMBRE:
        emettre(ville.campagne())
    FusionDEnfants(garde, fondue).faire(par=directrice)
    jours = Reservation.objects.filter(inscription__famille=famille, prestation=getattr(ville, retire))
    Reservation.objects.filter(pk=jours.first().pk).update(etat="absent_excuse", presence="absent")
    with LE_2_DECEMBRE:
        emettre(ville.campagne(NOVEMBRE))
    assert [(avoir.famille, avoir.montant) for avoir in famille.avoirs.all()] == [(famille, Decimal(rendu))]


def test_des_journees_aux_memes_heures_se_refusent(ville, garde, fondue, directrice):
    reserver(fondue.inscriptions.get(prestation=ville.cantine), [1])
    assert "attendues aux mêmes heures le 01/10/2026" in refus(garde, fondue, directrice)


def test_la_meme_inscription_deux_fois_se_refuse(ville, garde, fondue, directrice):
    famille = garde.familles.get()
    famille.rattachements.create(enfant=fondue)
    inscrire(famille, fondue, ville.cantine)
    assert "inscrites à «\u00a0Restauration scolaire\u00a0» pour la même famille" in refus(garde, fondue, directrice)


def test_elle_se_refuse_si_loin_que_la_seconde_commence(ville, garde, fondue, directrice):
    famille = fondue.familles.get()
    famille.rattachements.create(enfant=garde)
    inscription = inscrire(famille, garde, ville.cantine)
    inscription.du = date(2030, 9, 1)
    inscription.save()
    assert "aux mêmes dates" in refus(garde, fondue, directrice)


def test_le_meme_jour_facture_deux_fois_se_refuse(ville, garde, fondue, directrice):
    reserver(fondue.inscriptions.get(prestation=ville.cantine), [1])
    with LE_2_NOVEMBRE:
        emettre(ville.campagne())
    # Since then, one of them was never there.
    Reservation.objects.filter(inscription__enfant=fondue, prestation=ville.cantine, jour=date(2026, 10, 1)).delete()
    assert "facturées pour la même prestation (01/10/2026)" in refus(garde, fondue, directrice)
    with time_machine.travel(LE, tick=False):
        facture = fondue.familles.get().factures.get()
        facture.corriger(
            [ligne.inverse() for ligne in facture.lignes.all()], motif="Doublon", le=date(2026, 11, 2), par=None
        )
    FusionDEnfants(garde, fondue).faire(par=directrice)


def test_deux_fiches_sanitaires_ne_se_fusionnent_pas_sans_le_droit_de_les_lire(garde, fondue, directrice):
    for enfant in (garde, fondue):
        fabriques.FicheSanitaireFactory(enfant=enfant, allergies="Arachide")
    Group.objects.get(name="Direction").permissions.remove(Permission.objects.get(codename="view_fichesanitaire"))
    assert "Chacune a sa fiche sanitaire" in refus(garde, fondue, directrice)
    assert FicheSanitaire.objects.count() == 2


def test_qui_n_en_a_pas_le_droit_ne_fusionne_rien(garde, fondue, agent):
    assert refus(garde, fondue, agent) == "Seule la direction fusionne deux fiches."


class TestPage:
    def adresse(self, enfant: Enfant, avec: Enfant | None = None) -> str:
        page = reverse("admin:famille_enfant_fusion", args=[enfant.pk])
        return f"{page}?avec={avec.pk}" if avec else page

    def test_elle_propose_compte_et_fait(self, client, directrice, garde, fondue):
        client.force_login(directrice)
        fiche = client.get(reverse("admin:famille_enfant_change", args=[garde.pk])).text
        assert self.adresse(garde) in fiche
        assert f"?avec={fondue.pk}" in client.get(self.adresse(garde)).text
        question = client.get(self.adresse(garde, fondue))
        assert "1\u00a0demande, 2\u00a0inscriptions et 3\u00a0jours réservés ou pointés." in question.text
        assert client.post(self.adresse(garde, fondue)).status_code == 200
        assert garde.inscriptions.count() == 1
        reponse = client.post(self.adresse(garde, fondue), {"confirme": question.context["confirmation"].lu})
        assert reponse.status_code == 302
        assert garde.inscriptions.count() == 3
        histoire = client.get(reverse("admin:famille_enfant_history", args=[garde.pk])).text
        assert f"Fiche n°\u00a0{fondue.pk} (Zoé PETIT) fusionnée dans celle-ci" in histoire
        assert f"/enfant/{fondue.pk}/change/" not in client.get(reverse("admin:famille_enfant_changelist")).text

    def test_ce_qui_l_empeche_se_lit_et_rien_ne_bouge(self, client, directrice, ville, garde, fondue):
        reserver(fondue.inscriptions.get(prestation=ville.cantine), [1])
        client.force_login(directrice)
        assert "attendues aux mêmes heures" in client.post(self.adresse(garde, fondue), {"confirme": "x"}).text
        assert "n’a ce numéro" in client.get(f"{self.adresse(garde)}?avec={garde.pk}").text
        assert garde.inscriptions.count() == 1

    def test_renoncer_rend_le_choix_de_l_autre_fiche(self, client, directrice, garde, fondue):
        client.force_login(directrice)
        assert 'name="renoncer"' in client.get(self.adresse(garde, fondue)).text
        page = client.post(self.adresse(garde, fondue), {"renoncer": "oui"}).text
        assert f'name="avec" value="{fondue.pk}"' in page
        assert garde.inscriptions.count() == 1

    def test_il_y_faut_le_droit(self, client, agent, garde, fondue):
        client.force_login(agent)
        assert self.adresse(garde) not in client.get(reverse("admin:famille_enfant_change", args=[garde.pk])).text
        assert client.get(self.adresse(garde, fondue)).status_code == 403
        assert client.post(self.adresse(garde, fondue)).status_code == 403
