"""Two agents on one record: the second is told what changed meanwhile, loses nothing, and then saves knowingly."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import connections
from django.test import Client
from django.urls import reverse

from famille.models import Enfant, InformationsBancaires, Responsable, Tiers
from socle.admin.versions.etat import Etat
from socle.admin.versions.page import VU, SansEcrasement
from socle.chiffrement import Secret
from tests.adresses import MODELES, Troupe
from tests.adresses.lignes import piece_demandee
from tests.croissance import VilleQuiGrandit
from tests.fabriques import CompteFactory, TiersFactory
from tests.socle.formulaires import Formulaire, formulaire_de, navigateur

# Their pages have no field to type in: what is done there is done by verbs.
SANS_CHAMP = {
    "courriels.courriel",
    "demandes.demande",
    "django_tasks_database.dbtaskresult",
    "facturation.avoir",
    "facturation.campagnedefacturation",
    "facturation.facture",
    "facturation.paiementenligne",
    "facturation.reglement",
    "famille.lectureconfidentielle",
    "messagerie.fil",
    "planning.reservation",
}
A_CHANGE = "Cette fiche a changé depuis que vous l’avez ouverte."


def ouvrir(client: Client, adresse: str, champ: str) -> dict[str, str]:
    return formulaire_de(client.get(adresse).content.decode(), champ).champs


def lu(reponse) -> str:
    """The page's text, spaces alike."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", reponse.content.decode()).replace("\u00a0", " "))


@pytest.fixture
def collegue(db):
    """Who saves first."""
    return CompteFactory(identifiant="claire", prenom="Claire", nom="MAIRIE", is_staff=True, is_superuser=True)


@pytest.fixture
def fiche(dupont) -> str:
    return reverse("admin:famille_enfant_change", args=[dupont.enfants[0].pk])


@pytest.fixture
def deux(agent, collegue) -> tuple[Client, Client]:
    return navigateur(collegue), navigateur(agent)


@pytest.mark.django_db
class TestUnChamp:
    def test_ce_que_l_autre_a_change_est_dit_et_repris(self, deux, fiche, dupont):
        """« Sans porc » no longer goes back to « Standard »."""
        premiere, seconde = deux
        vue_par_l_une, vue_par_l_autre = ouvrir(premiere, fiche, "regime"), ouvrir(seconde, fiche, "regime")
        assert premiere.post(fiche, vue_par_l_une | {"regime": "sans_porc"}).status_code == 302
        page = seconde.post(fiche, vue_par_l_autre | {"prenom": "Léana"})
        assert page.status_code == 200
        assert A_CHANGE in lu(page)
        assert "« Standard » est devenu « Sans porc » (Claire MAIRIE, à " in lu(page)
        assert "C’est repris dans la page." in lu(page)
        assert "Corrigez" not in lu(page)
        assert Enfant.objects.get().prenom == "Léa"
        revenue = formulaire_de(page.content.decode(), "regime").champs
        assert (revenue["prenom"], revenue["regime"]) == ("Léana", "sans_porc")
        assert seconde.post(fiche, revenue).status_code == 302
        lea = Enfant.objects.get()
        assert (lea.prenom, lea.regime) == ("Léana", "sans_porc")

    def test_ce_que_l_on_a_ecrit_soi_meme_reste_et_s_enregistre_en_connaissance_de_cause(self, deux, fiche):
        premiere, seconde = deux
        vue = ouvrir(seconde, fiche, "regime")
        premiere.post(fiche, ouvrir(premiere, fiche, "regime") | {"regime": "sans_porc"})
        page = seconde.post(fiche, vue | {"regime": "sans_viande"})
        assert "Vous avez écrit « Sans viande » : c’est ce qui sera enregistré." in lu(page)
        assert seconde.post(fiche, formulaire_de(page.content.decode(), "regime").champs).status_code == 302
        assert Enfant.objects.get().regime == "sans_viande"

    def test_ce_que_les_deux_ont_ecrit_pareil_n_arrete_personne(self, deux, fiche):
        premiere, seconde = deux
        vue = ouvrir(seconde, fiche, "regime")
        premiere.post(fiche, ouvrir(premiere, fiche, "regime") | {"regime": "sans_porc"})
        assert seconde.post(fiche, vue | {"regime": "sans_porc"}).status_code == 302

    def test_ce_qui_change_encore_pendant_la_relecture_est_dit_aussi(self, deux, fiche):
        _, seconde = deux
        vue = ouvrir(seconde, fiche, "regime")
        Enfant.objects.update(regime="sans_porc")
        revenue = formulaire_de(seconde.post(fiche, vue).content.decode(), "regime").champs
        Enfant.objects.update(regime="sans_viande")
        page = lu(seconde.post(fiche, revenue))
        assert "« Sans porc » est devenu « Sans viande »." in page

    def test_une_faute_de_frappe_ne_fait_pas_oublier_ce_que_l_on_avait_vu(self, deux, fiche):
        _, seconde = deux
        revenue = formulaire_de(
            seconde.post(fiche, ouvrir(seconde, fiche, "regime") | {"prenom": ""}).content.decode(), "regime"
        ).champs
        Enfant.objects.update(regime="sans_porc")
        assert A_CHANGE in lu(seconde.post(fiche, revenue | {"prenom": "Léa"}))

    def test_une_faute_se_dit_a_cote_de_ce_qui_a_change(self, deux, fiche):
        _, seconde = deux
        vue = ouvrir(seconde, fiche, "regime")
        Enfant.objects.update(regime="sans_porc")
        dit = lu(seconde.post(fiche, vue | {"prenom": ""}))
        assert A_CHANGE in dit
        assert "Ce champ est obligatoire" in dit

    def test_une_date_et_un_telephone_se_disent_comme_ils_s_ecrivent(self, deux, fiche, dupont):
        _, seconde = deux
        vue = ouvrir(seconde, fiche, "regime")
        Enfant.objects.update(date_naissance=date(2007, 7, 3))
        assert "« 03/06/2007 » est devenu « 03/07/2007 »." in lu(seconde.post(fiche, vue))
        page = reverse("admin:famille_responsable_change", args=[dupont.titulaire.pk])
        vue = ouvrir(seconde, page, "telephone_domicile")
        Responsable.objects.filter(pk=dupont.titulaire.pk).update(telephone_domicile="+33102030406")
        assert "« 01 02 03 04 05 » est devenu « 01 02 03 04 06 »." in lu(seconde.post(page, vue))

    def test_un_iban_remplace_entre_temps_se_dit_masque(self, collegue, dupont):
        seconde, compte = navigateur(collegue), InformationsBancaires.objects.get()
        avant = compte.iban_masque
        page = reverse("admin:famille_informationsbancaires_change", args=[compte.pk])
        vue = ouvrir(seconde, page, "nouvel_iban")
        compte.iban = "DE89370400440532013000"
        compte.save()
        dit = lu(seconde.post(page, vue | {"nouvel_iban": "FR7630006000011234567890189"}))
        assert f"IBAN : « {avant} » est devenu « {compte.iban_masque} »." in dit.replace("\u202f", " ")

    def test_seul_rien_n_est_demande(self, deux, fiche):
        _, seconde = deux
        assert seconde.post(fiche, ouvrir(seconde, fiche, "regime") | {"regime": "sans_porc"}).status_code == 302
        assert seconde.post(fiche, ouvrir(seconde, fiche, "regime") | {"regime": "standard"}).status_code == 302

    def test_ce_que_la_page_a_vu_n_est_pas_lisible_et_ne_vaut_que_pour_elle(self, deux, fiche, dupont, martin):
        _, seconde = deux
        vue = ouvrir(seconde, fiche, "regime")
        assert "Standard" not in vue[VU]
        assert "standard" not in vue[VU]
        ailleurs = reverse("admin:famille_enfant_change", args=[martin.enfants[0].pk])
        Enfant.objects.filter(pk=martin.enfants[0].pk).update(regime="sans_porc")
        envoi = ouvrir(seconde, ailleurs, "regime") | {VU: vue[VU]}
        assert seconde.post(ailleurs, envoi).status_code == 302


@pytest.mark.django_db
class TestUneLigne:
    """Whom the child may leave with, in a table of its page."""

    def test_le_champ_d_une_ligne_est_dit_avec_elle(self, deux, fiche):
        _, seconde = deux
        vue = ouvrir(seconde, fiche, "regime")
        Tiers.objects.update(nom="BERNARDIN")
        page = seconde.post(fiche, vue | {"prenom": "Léana"})
        assert "« BERNARD » est devenu « BERNARDIN »." in lu(page)
        assert seconde.post(fiche, formulaire_de(page.content.decode(), "regime").champs).status_code == 302
        assert (Enfant.objects.get().prenom, Tiers.objects.get().nom) == ("Léana", "BERNARDIN")

    def test_une_ligne_ajoutee_entre_temps_est_dite_et_reste(self, deux, fiche, dupont):
        _, seconde = deux
        vue = ouvrir(seconde, fiche, "regime")
        TiersFactory(enfant=dupont.enfants[0], nom="LEROY", prenom="Zoé")
        page = seconde.post(fiche, vue | {"prenom": "Léana"})
        assert "Ajouté depuis" in lu(page)
        assert "LEROY" in lu(page)
        assert seconde.post(fiche, formulaire_de(page.content.decode(), "regime").champs).status_code == 302
        assert set(Tiers.objects.values_list("nom", flat=True)) == {"BERNARD", "LEROY"}

    def test_une_ligne_supprimee_entre_temps_est_dite_et_le_reste_s_enregistre(self, deux, fiche, dupont):
        TiersFactory(enfant=dupont.enfants[0], nom="LEROY", prenom="Zoé")
        _, seconde = deux
        vue = ouvrir(seconde, fiche, "regime")
        Tiers.objects.filter(nom="BERNARD").delete()
        page = seconde.post(fiche, vue | {"prenom": "Léana"})
        assert re.search("Supprimé depuis : « [^»]*BERNARD, Odile[^»]* »", lu(page))
        assert seconde.post(fiche, formulaire_de(page.content.decode(), "regime").champs).status_code == 302
        assert [Enfant.objects.get().prenom, *Tiers.objects.values_list("nom", flat=True)] == ["Léana", "LEROY"]

    def test_une_ligne_supprimee_que_l_on_avait_modifiee_revient_comme_nouvelle(self, deux, fiche):
        _, seconde = deux
        vue = ouvrir(seconde, fiche, "regime")
        Tiers.objects.all().delete()
        page = seconde.post(fiche, vue | {"tiers-0-prenom": "Odette"})
        assert "votre texte est repris comme une nouvelle ligne" in lu(page)
        assert seconde.post(fiche, formulaire_de(page.content.decode(), "regime").champs).status_code == 302
        assert Tiers.objects.get().prenom == "Odette"


@pytest.mark.django_db(transaction=True)
def test_deux_agents_qui_enregistrent_au_meme_instant_ne_s_ecrasent_pas(dupont, agent, collegue):
    """Each has changed something else. One of the two is told."""
    adresse, ensemble = reverse("admin:famille_enfant_change", args=[dupont.enfants[0].pk]), Barrier(2)

    def enregistrer(compte, changes: dict) -> int:
        client = navigateur(compte)
        vue = ouvrir(client, adresse, "regime")
        ensemble.wait(timeout=10)
        try:
            return client.post(adresse, vue | changes).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as fils:
        envois = [
            fils.submit(enregistrer, *qui)
            for qui in [(agent, {"prenom": "Léana"}), (collegue, {"regime": "sans_porc"})]
        ]
        assert sorted(envoi.result() for envoi in envois) == [200, 302]


class TestToutesLesPages:
    """No page of the admin is left out, whoever registers it."""

    @pytest.fixture
    def troupe(self, dupont, martin, nouveau, agent, agent_sans_droit, time_machine) -> Troupe:
        time_machine.move_to("2015-04-08T10:00:00+02:00", tick=False)
        troupe = Troupe(dupont, martin, nouveau, agent, agent_sans_droit)
        VilleQuiGrandit(troupe).grandir(1)
        piece_demandee(troupe)
        return troupe

    def test_aucune_n_est_oubliee(self):
        assert all(isinstance(pages, SansEcrasement) for pages in admin.site._registry.values())

    def test_chacune_voit_ce_qui_a_change_depuis(self, troupe, collegue):
        """Each field of each page, of its tables too, seems to have been another when the page was drawn."""
        client, relues = navigateur(collegue), set()
        for modele in MODELES:
            nom = modele.nom.replace(".", "_")
            pk = apps.get_model(modele.nom)._base_manager.order_by("pk").values_list("pk", flat=True).first()
            adresse = reverse(f"admin:{nom}_change", args=[pk])
            page = client.get(adresse)
            if f'name="{VU}"' not in page.content.decode():
                continue
            relues.add(modele.nom)
            formulaire = formulaire_de(page.content.decode(), VU)
            envoi, champs = _dessine_autrefois(formulaire)
            dit = lu(client.post(adresse, envoi))
            assert A_CHANGE in dit, modele.nom
            assert dit.count(" est devenu ") == champs > 0, modele.nom
        assert sorted({modele.nom for modele in MODELES} - relues ^ SANS_CHAMP) == []


def _vu(formulaire: Formulaire) -> list:
    return json.loads(Secret(formulaire.champs[VU]).en_clair())


def _dessine_autrefois(formulaire: Formulaire) -> tuple[dict[str, object], int]:
    """What an agent sends who touches nothing, of a page on which every field held something else; how many fields."""
    fiche, le, lignes = _vu(formulaire)
    autre: dict[str, object] = dict(formulaire.champs)
    for ligne, valeurs in lignes.items():
        for envoi in valeurs.values():
            for nom, v in envoi.items():
                envoi[nom] = autre[_debut(formulaire, ligne) + nom] = [] if v else ["1"]
    return autre | {VU: Secret.de(json.dumps([fiche, le, lignes])).jeton}, sum(map(len, lignes.values()))


def _debut(formulaire: Formulaire, ligne: str) -> str:
    """« tiers-0- » for « tiers:12 »."""
    prefixe, _, pk = ligne.partition(":")
    rangs = range(int(formulaire.champs[f"{prefixe}-INITIAL_FORMS"])) if prefixe else []
    return next((f"{prefixe}-{r}-" for r in rangs if formulaire.champs[f"{prefixe}-{r}-id"] == pk), "")


def test_un_sceau_qui_n_est_pas_de_nous_ne_dit_rien():
    assert Etat.desceller("gAAAA", "famille.Enfant:1") is None
    assert Etat.desceller("", "famille.Enfant:1") is None
