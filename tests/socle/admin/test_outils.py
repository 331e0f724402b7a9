"""What all the agents' pages share: a question in numbers, a search by words, choices that are told apart."""

from types import SimpleNamespace

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse

from famille.models import Ecole, Enfant, Tiers
from socle.admin.choix import ParChoix
from socle.admin.confirmation import Confirmation, Portees
from socle.admin.filtres import Filtre
from socle.admin.formulaire import RefusDit
from socle.admin.recherche import RechercheParMots, sans_accents
from socle.admin.semblables import DemandeSiPareil, Doute
from socle.admin.tableau import LignesNommees, Tableau
from socle.admin.versions.page import SansEcrasement
from tests import fabriques

pytestmark = pytest.mark.django_db


class TestQuestion:
    def question(self, **champs: object) -> Confirmation:
        dits = {"titre": "Enregistrer\u00a0?", "bouton": "Enregistrer", "phrases": ["2 familles."]}
        return Confirmation(**dits | {"chemin": [("/a/", "Tarifs"), ("/b/", "Goûter")]} | champs)

    def test_renoncer_mene_a_la_derniere_des_pages_au_dessus(self):
        assert self.question().retour == "/b/"

    def test_elle_renvoie_ce_qui_etait_tape_sans_le_jeton_ni_la_reponse(self):
        envoi = QueryDict("nom=A&jour=1&jour=2&csrfmiddlewaretoken=x&confirme=y")
        assert self.question(envoi=envoi).renvoi == [("nom", "A"), ("jour", "1"), ("jour", "2")]
        assert self.question().renvoi == []

    def test_elle_n_est_donnee_que_par_qui_a_lu_ces_nombres_la(self):
        question = self.question()
        assert question.est_donnee(QueryDict(f"confirme={question.lu}"))
        assert not question.est_donnee(QueryDict(f"confirme={self.question(phrases=['3 familles.']).lu}"))
        assert not question.est_donnee(QueryDict(""))


def test_plusieurs_portees_se_lisent_se_disent_et_s_annoncent_ensemble():
    annonces = []

    def portee(nom: str) -> SimpleNamespace:
        return SimpleNamespace(
            lire=lambda: nom,
            dire=lambda avant, apres: [f"{avant} → {apres}"],
            annoncer=lambda avant, apres, request: annonces.append((avant, apres, request)),
        )

    ensemble = Portees([portee("a"), portee("b")])
    assert ensemble.lire() == ["a", "b"]
    assert ensemble.dire(["a", "b"], ["c", "d"]) == ["a → c", "b → d"]
    ensemble.annoncer(["a", "b"], ["c", "d"], "requête")
    assert annonces == [("a", "c", "requête"), ("b", "d", "requête")]
    with pytest.raises(ValueError, match="shorter"):
        ensemble.dire(["a"], ["c", "d"])


class TestRecherche:
    class Pages(RechercheParMots):
        def trouve(self, mot: str) -> Q:
            return Q(nom__sans_accents=mot)

    @pytest.mark.parametrize(
        ("cherche", "trouvees"),
        [
            ("parc ECOLE", ["École du Parc"]),
            ("ecole", ["École Jean-Moulin", "École du Parc"]),
            ("ecole zoo", []),
            ("…", []),
            ("", ["École Jean-Moulin", "École du Parc"]),
            ("   ", ["École Jean-Moulin", "École du Parc"]),
        ],
    )
    def test_chaque_mot_doit_se_trouver(self, cherche, trouvees):
        for nom in ("École du Parc", "École Jean-Moulin"):
            fabriques.EcoleFactory(nom=nom)
        pages = self.Pages(Ecole, admin.site)
        lues, doublons = pages.get_search_results(None, Ecole.objects.order_by("nom"), cherche)
        assert [ecole.nom for ecole in lues] == trouvees
        assert doublons is False

    def test_une_table_courte_se_cherche_par_la_recherche_de_django(self):
        assert sans_accents("nom", "ville") == ["nom__sans_accents", "ville__sans_accents"]

    def test_rien_ne_se_compte_en_entier(self):
        assert not self.Pages(Ecole, admin.site).show_full_result_count


@pytest.mark.parametrize(("defaut", "premier"), [("À surveiller", "À surveiller"), ("", "Tout")])
def test_le_premier_choix_d_un_filtre_est_celui_qui_est_dit_ou_tout(rf, defaut, premier):
    class Etats(Filtre):
        title, parameter_name, choix = "état", "etat", [("a", "Un"), ("b", "Deux")]

    Etats.defaut = defaut
    filtre = Etats(rf.get("/"), {}, Ecole, admin.ModelAdmin(Ecole, admin.site))
    liste = SimpleNamespace(add_facets=False, get_query_string=lambda *_, **__: "?")
    assert [choix["display"] for choix in filtre.choices(liste)] == [premier, "Un", "Deux"]


def test_un_doute_mene_a_la_fiche_s_il_y_en_a_une():
    assert str(Doute("Léa & Ana")) == "Léa & Ana"
    assert str(Doute("Léa & Ana", "/la/")) == '<a href="/la/" target="_blank">Léa &amp; Ana</a>'


class TestTableau:
    """Its fields are named for a screen reader."""

    def test_chaque_champ_dit_son_nom(self, rf):
        class Personnes(Tableau):
            model = Tiers

        lignes = Personnes(Enfant, admin.site)
        assert lignes.extra == 0
        assert lignes.formset is LignesNommees
        champ = lignes.formfield_for_dbfield(Tiers._meta.get_field("lien"), rf.get("/"))
        assert champ.widget.attrs["aria-label"] == "Lien avec l’enfant"

    def test_la_case_qui_supprime_aussi(self, client, directrice):
        enfant = fabriques.TiersFactory().enfant
        client.force_login(directrice)
        page = client.get(reverse("admin:famille_enfant_change", args=[enfant.pk])).text
        assert 'name="tiers-0-DELETE" aria-label="Supprimer"' in page
        assert 'name="tiers-1-' not in page


class TestChoix:
    """What is found while one types in a picker."""

    def propositions(self, client) -> list[str]:
        adresse = reverse("admin:autocomplete")
        champ = {"app_label": "famille", "model_name": "rattachement", "field_name": "enfant", "term": "zoe"}
        return sorted(un["text"] for un in client.get(adresse, champ).json()["results"])

    def test_deux_que_rien_ne_distingue_se_distinguent_par_leur_numero(self, client, directrice):
        client.force_login(directrice)
        zoes = [fabriques.EnfantFactory(nom="PETIT", prenom="Zoé") for _ in range(2)]
        assert self.propositions(client) == [f"{zoe.en_choix}, fiche n°\u00a0{zoe.pk}" for zoe in zoes]

    def test_seul_il_se_dit_sans_numero(self, client, directrice):
        client.force_login(directrice)
        zoe = fabriques.EnfantFactory(nom="PETIT", prenom="Zoé")
        assert self.propositions(client) == [zoe.en_choix]

    @pytest.mark.parametrize(("ordre", "dites"), [(["-ville"], ["Parc", "Moulin"]), (None, ["Moulin", "Parc"])])
    def test_un_filtre_les_range_comme_leurs_propres_pages(self, rf, ordre, dites):
        for nom, ville in (("Parc", "Z"), ("Moulin", "A")):
            fabriques.EcoleFactory(nom=nom, ville=ville)
        bureau = admin.AdminSite()
        bureau.register(Ecole, ordering=ordre)
        pages = admin.ModelAdmin(Enfant, bureau)
        filtre = ParChoix(Enfant._meta.get_field("ecole"), rf.get("/"), {}, Enfant, pages, "ecole")
        assert [dite for _, dite in filtre.lookup_choices] == dites


@pytest.mark.parametrize("sorte", [RefusDit, DemandeSiPareil, SansEcrasement])
def test_qui_ne_fait_que_voir_voit_tous_les_champs(rf, agent_sans_droit, sorte):
    """Django asks for the form twice: once of what it holds, whoever reads; then of what may be typed in it."""
    agent_sans_droit.user_permissions.set(Permission.objects.filter(codename="view_ecole"))
    ecole, requete = fabriques.EcoleFactory(), rf.get("/")
    requete.user = agent_sans_droit
    pages = type("Pages", (sorte, admin.ModelAdmin), {})(Ecole, admin.site)
    assert pages.get_fields(requete, ecole) == ["nom", "ville"]
    assert list(pages.get_form(requete, ecole, change=True).base_fields) == []
