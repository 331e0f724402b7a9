"""The agents' pages: what each group finds there, how one looks for a famille, and how many queries it costs."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from famille.models import Enfant, Famille, LectureSante, QuotientFamilial, Rattachement, Responsable
from tests import fabriques

pytestmark = pytest.mark.django_db

DOSSIER = {"Familles", "Responsables", "Enfants", "Écoles"}
ARGENT = {"Informations CAF", "Quotients familiaux", "Informations fiscales"}


def rubriques(client) -> set[str]:
    """What the index offers of the familles."""
    apps = client.get("/admin/").context["available_apps"]
    return {modele["name"] for app in apps if app["app_label"] == "famille" for modele in app["models"]}


class TestAccueilDeLAdministration:
    @pytest.mark.parametrize(
        ("qui", "attendu"),
        [
            ("agent", DOSSIER | ARGENT),
            ("animateur", DOSSIER | {"Fiches sanitaires"}),
            ("regisseur", DOSSIER | ARGENT | {"Informations bancaires"}),
            (
                "directrice",
                DOSSIER
                | ARGENT
                | {"Informations bancaires", "Fiches sanitaires", "Lectures des fiches sanitaires", "Comptes"},
            ),
            ("agent_sans_droit", set()),
        ],
    )
    def test_chaque_groupe_n_y_trouve_que_ce_qui_est_a_lui(self, request, client, qui, attendu):
        client.force_login(request.getfixturevalue(qui))

        assert rubriques(client) == attendu

    def test_il_porte_le_nom_de_la_commune(self, client, agent, settings):
        client.force_login(agent)

        assert f"Portail famille – {settings.COMMUNE_NOM}" in client.get("/admin/").content.decode()

    def test_un_parent_n_y_entre_pas(self, client, dupont):
        client.force_login(dupont.compte)

        assert client.get("/admin/").status_code == 403
        assert client.get(reverse("admin:famille_famille_changelist")).status_code == 403

    def test_un_visiteur_passe_par_la_porte_du_portail(self, client, db):
        etapes = client.get("/admin/", follow=True).redirect_chain

        assert etapes[-1] == ("/connexion/?next=/admin/", 302)

    def test_on_en_sort_par_la_porte_du_portail(self, client, agent):
        client.force_login(agent)

        page = client.get("/admin/").content.decode()

        assert 'action="/deconnexion/"' in page
        assert 'href="/mot-de-passe/changement/"' in page
        assert client.get("/admin/password_change/").headers["Location"] == "/mot-de-passe/changement/"

    def test_sortir_se_fait_par_post(self, client, agent):
        client.force_login(agent)

        assert client.get("/admin/logout/").status_code == 405
        assert client.get("/admin/").status_code == 200
        client.post("/admin/logout/")
        assert client.get("/admin/").status_code == 302

    def test_rien_ne_se_supprime_par_dizaines(self, client, directrice, dupont):
        client.force_login(directrice)

        client.post(
            reverse("admin:famille_famille_changelist"),
            {"action": "delete_selected", "_selected_action": [dupont.famille.pk], "post": "yes"},
        )

        assert Famille.objects.filter(pk=dupont.famille.pk).exists()


class TestRecherche:
    @pytest.mark.parametrize(
        "recherche", ["1001001818331", "818331", "dupont", "Jeanne", "lea", "LÉA", "jean dupont", "dupont lea", "dup"]
    )
    def test_une_famille_se_trouve_par_son_numero_un_nom_ou_un_enfant(self, client, agent, dupont, martin, recherche):
        client.force_login(agent)

        page = client.get(reverse("admin:famille_famille_changelist"), {"q": recherche})

        assert list(page.context["cl"].result_list) == [dupont.famille]

    @pytest.mark.parametrize("recherche", ["1001001818331", "leA", "dupont", "Jeanne"])
    def test_un_enfant_se_trouve_de_meme(self, client, agent, dupont, martin, recherche):
        client.force_login(agent)

        page = client.get(reverse("admin:famille_enfant_changelist"), {"q": recherche})

        assert list(page.context["cl"].result_list) == dupont.enfants

    @pytest.mark.parametrize("recherche", ["1001001818332", "sophie", "tom", "sophie.martin@example.org"])
    def test_un_responsable_se_trouve_de_meme(self, client, agent, dupont, martin, recherche):
        client.force_login(agent)

        page = client.get(reverse("admin:famille_responsable_changelist"), {"q": recherche})

        assert list(page.context["cl"].result_list) == [martin.titulaire]

    @pytest.mark.parametrize("recherche", ["Élise-Anne", "elise", "anne", "D’AUVERGNE", "auvergne elise", "d'auvergne"])
    def test_ni_les_accents_ni_les_traits_d_union_ne_comptent(self, client, agent, dupont, recherche):
        elise = fabriques.EnfantFactory(nom="D’AUVERGNE", prenom="ÉLISE-Anne")
        client.force_login(agent)

        page = client.get(reverse("admin:famille_enfant_changelist"), {"q": recherche})

        assert list(page.context["cl"].result_list) == [elise]

    def test_un_enfant_n_est_pas_son_frere(self, client, agent, dupont):
        fabriques.EnfantFactory(famille=dupont.famille, nom="DUPONT", prenom="Hugo")
        client.force_login(agent)

        page = client.get(reverse("admin:famille_enfant_changelist"), {"q": "léa"})

        assert list(page.context["cl"].result_list) == dupont.enfants

    @pytest.mark.parametrize("modele", ["informationsbancaires", "quotientfamilial", "informationscaf", "compte"])
    def test_le_reste_du_dossier_se_trouve_par_la_famille(self, client, directrice, dupont, martin, modele):
        fabriques.InformationsCafFactory(famille=martin.famille)
        client.force_login(directrice)

        page = client.get(reverse(f"admin:famille_{modele}_changelist"), {"q": "1001001818332"})

        trouve = page.context["cl"].result_list.get()
        assert martin.famille == (trouve.responsable.famille if modele == "compte" else trouve.famille)

    def test_une_ecole_et_le_journal_se_cherchent_sans_accents(self, client, directrice, dupont):
        LectureSante.objects.noter(dupont.enfants[0], par=directrice)
        fabriques.EcoleFactory(nom="École Jean-Zay")
        client.force_login(directrice)

        ecoles = client.get(reverse("admin:famille_ecole_changelist"), {"q": "ecole moulin"})
        lectures = client.get(reverse("admin:famille_lecturesante_changelist"), {"q": "lea"})

        assert [str(ecole) for ecole in ecoles.context["cl"].result_list] == ["École Jean-Moulin"]
        assert len(lectures.context["cl"].result_list) == 1

    def test_un_pourcent_ne_trouve_pas_tout_le_monde(self, client, agent, dupont):
        client.force_login(agent)

        page = client.get(reverse("admin:famille_enfant_changelist"), {"q": "%"})

        assert list(page.context["cl"].result_list) == []


def peupler(n: int) -> Famille:
    """n familles like any other; returns one with n children, quotients, tax notices."""
    for _ in range(n):
        famille = fabriques.FamilleFactory()
        fabriques.ResponsableFactory(famille=famille, compte=fabriques.CompteFactory(password=None))
        fabriques.ResponsableFactory(famille=famille, role="conjoint")
        enfant = fabriques.EnfantFactory(famille=famille, ecole=fabriques.EcoleFactory())
        fabriques.FicheSanitaireFactory(enfant=enfant)
        fabriques.InformationsBancairesFactory(famille=famille)
        fabriques.InformationsCafFactory(famille=famille)
        fabriques.InformationsFiscalesFactory(famille=famille)
        fabriques.QuotientFamilialFactory(famille=famille)
    for rang in range(1, n):
        fabriques.RattachementFactory(famille=famille, enfant=fabriques.EnfantFactory())
        fabriques.RattachementFactory(enfant=enfant)
        fabriques.TiersFactory(enfant=enfant)
        fabriques.VaccinationFactory(fiche=enfant.fiche_sanitaire)
        fabriques.QuotientFamilialFactory(famille=famille, date_effet=date(2000 + rang, 1, 1))
        fabriques.InformationsFiscalesFactory(famille=famille, annee=2000 + rang)
    return famille


MODELES = [
    "compte",
    "ecole",
    "enfant",
    "famille",
    "fichesanitaire",
    "informationsbancaires",
    "informationscaf",
    "informationsfiscales",
    "lecturesante",
    "quotientfamilial",
    "responsable",
]


class TestRequetes:
    """The number of queries of a page does not follow the number of rows."""

    def requetes(self, client, adresse: str) -> int:
        client.get(adresse)  # the journal's first line, the session
        with CaptureQueriesContext(connection) as requetes:
            assert client.get(adresse).status_code == 200
        return len(requetes)

    @pytest.mark.parametrize("modele", MODELES)
    def test_les_listes(self, client, directrice, modele):
        client.force_login(directrice)
        adresse = reverse(f"admin:famille_{modele}_changelist")
        peupler(2)
        avant = self.requetes(client, adresse)
        peupler(6)

        assert self.requetes(client, adresse) == avant
        assert avant <= 12

    @pytest.mark.parametrize("modele", ["famille", "enfant", "fichesanitaire", "responsable"])
    def test_les_fiches(self, client, directrice, modele):
        client.force_login(directrice)

        def adresse(famille: Famille) -> str:
            enfant = famille.enfants.order_by("pk").first()
            objet = {
                "famille": famille,
                "enfant": enfant,
                "fichesanitaire": getattr(enfant, "fiche_sanitaire", None),
                "responsable": famille.responsables.first(),
            }[modele]
            return reverse(f"admin:famille_{modele}_change", args=[objet.pk])

        avant = self.requetes(client, adresse(peupler(2)))

        assert self.requetes(client, adresse(peupler(7))) == avant

    def test_la_recherche_d_une_famille_dans_un_formulaire(self, client, directrice):
        client.force_login(directrice)
        adresse = reverse("admin:autocomplete") + (
            "?app_label=famille&model_name=quotientfamilial&field_name=famille&term=durand"
        )
        peupler(2)
        avant = self.requetes(client, adresse)
        peupler(6)

        assert self.requetes(client, adresse) == avant


class TestDossier:
    def test_l_agent_ajoute_une_famille_avec_son_titulaire(self, client, agent):
        client.force_login(agent)

        reponse = client.post(
            reverse("admin:famille_famille_add"),
            {**formulaires_vides(), "responsables-0-nom": "PETIT", "responsables-0-prenom": "Paul"},
        )

        assert reponse.status_code == 302
        famille = Famille.objects.get()
        assert (str(famille.titulaire), len(famille.numero)) == ("Paul PETIT", 13)

    def test_une_famille_sans_titulaire_est_refusee_et_le_formulaire_revient_rempli(self, client, agent):
        client.force_login(agent)

        reponse = client.post(
            reverse("admin:famille_famille_add"),
            {**formulaires_vides(), "organisme_rattachement": "MSA", "responsables-0-prenom": "Paul"},
        )

        page = reponse.content.decode()
        assert reponse.status_code == 200
        assert 'value="MSA"' in page
        assert 'value="Paul"' in page
        assert "Ce champ est obligatoire" in page
        assert not Famille.objects.exists()

    def test_un_enfant_en_garde_alternee_est_rattache_a_deux_familles(self, client, agent, dupont, martin):
        client.force_login(agent)
        lea = dupont.enfants[0]

        reponse = client.post(
            reverse("admin:famille_enfant_change", args=[lea.pk]),
            {
                "nom": "DUPONT",
                "prenom": "Léa",
                "date_naissance": "03/06/2007",
                "regime": "standard",
                **gestion("rattachements", 2, initiaux=1),
                "rattachements-0-id": lea.rattachements.get().pk,
                "rattachements-0-enfant": lea.pk,
                "rattachements-1-enfant": lea.pk,
                "rattachements-1-famille": martin.famille.pk,
                **gestion("tiers", 0),
                **gestion("assurance", 0),
            },
        )

        assert reponse.status_code == 302, reponse.context["errors"]
        assert set(lea.familles.all()) == {dupont.famille, martin.famille}

    def test_un_enfant_n_est_pas_ne_demain(self, client, agent):
        vides = {**gestion("rattachements", 0), **gestion("tiers", 0), **gestion("assurance", 0)}
        champs = {"nom": "DUPONT", "prenom": "Zoé", "regime": "standard", **vides}
        demain, aujourd_hui = "09/04/2015", "08/04/2015"

        with time_machine.travel(datetime(2015, 4, 8, 7, 30, tzinfo=UTC), tick=False):
            client.force_login(agent)
            refus = client.post(reverse("admin:famille_enfant_add"), {**champs, "date_naissance": demain})
            accord = client.post(reverse("admin:famille_enfant_add"), {**champs, "date_naissance": aujourd_hui})

        assert refus.context["errors"] == [["Cette date de naissance est à venir."]]
        assert accord.status_code == 302

    def test_un_enfant_se_detache_d_une_famille_sans_disparaitre(self, client, agent, dupont):
        client.force_login(agent)
        lea = dupont.enfants[0]
        titulaire, conjoint = dupont.titulaire, dupont.conjoint

        reponse = client.post(
            reverse("admin:famille_famille_change", args=[dupont.famille.pk]),
            {
                **formulaires_vides(),
                **gestion("responsables", 2, initiaux=2),
                **responsable(0, titulaire),
                **responsable(1, conjoint),
                **gestion("rattachements", 1, initiaux=1),
                "rattachements-0-id": lea.rattachements.get().pk,
                "rattachements-0-famille": dupont.famille.pk,
                "rattachements-0-DELETE": "on",
            },
        )

        assert reponse.status_code == 302, reponse.context["errors"]
        assert not Rattachement.objects.exists()
        assert Enfant.objects.filter(pk=lea.pk).exists()

    def test_le_regisseur_ajoute_un_quotient_familial(self, client, regisseur, dupont):
        client.force_login(regisseur)

        client.post(
            reverse("admin:famille_quotientfamilial_add"),
            {"famille": dupont.famille.pk, "valeur": "700", "date_effet": "01/01/2015"},
        )

        assert list(dupont.famille.quotients.values_list("valeur", "date_effet")) == [
            (700, date(2015, 1, 1)),
            (612, date(2014, 9, 1)),
        ]

    def test_deux_quotients_ne_prennent_pas_effet_le_meme_jour(self, client, regisseur, dupont):
        client.force_login(regisseur)

        reponse = client.post(
            reverse("admin:famille_quotientfamilial_add"),
            {"famille": dupont.famille.pk, "valeur": "700", "date_effet": "01/09/2014"},
        )

        assert "Un quotient familial prend déjà effet à cette date." in reponse.content.decode()
        assert QuotientFamilial.objects.get().valeur == 612

    def test_l_animateur_lit_le_dossier_sans_pouvoir_l_ecrire(self, client, animateur, dupont):
        client.force_login(animateur)
        adresse = reverse("admin:famille_responsable_change", args=[dupont.titulaire.pk])

        assert client.get(adresse).status_code == 200
        assert client.post(adresse, {"nom": "DURAND"}).status_code == 403
        assert Responsable.objects.get(pk=dupont.titulaire.pk).nom == "DUPONT"

    def test_chaque_modele_a_sa_rubrique_pour_qui_a_tous_les_droits(self, client, directrice):
        directrice.user_permissions.set(Permission.objects.filter(content_type__app_label="famille"))
        client.force_login(directrice)

        statuts = {m: client.get(reverse(f"admin:famille_{m}_changelist")).status_code for m in MODELES}

        assert statuts == dict.fromkeys(MODELES, 200)


def gestion(prefixe: str, total: int, *, initiaux: int = 0) -> dict[str, int]:
    return {f"{prefixe}-TOTAL_FORMS": total, f"{prefixe}-INITIAL_FORMS": initiaux}


def formulaires_vides() -> dict[str, object]:
    """A famille's page as a browser sends it back before anything is typed."""
    prefixes = ["rattachements", "quotients", "informations_caf", "informations_fiscales", "informations_bancaires"]
    vides = [gestion(prefixe, 0) for prefixe in prefixes]
    return {"organisme_rattachement": "0", **gestion("responsables", 1), "responsables-0-role": "titulaire"} | {
        cle: valeur for vide in vides for cle, valeur in vide.items()
    }


def responsable(rang: int, responsable: Responsable) -> dict[str, object]:
    champs = {"id": responsable.pk, "famille": responsable.famille_id, "role": responsable.role}
    champs |= {"nom": responsable.nom, "prenom": responsable.prenom}
    return {f"responsables-{rang}-{nom}": valeur for nom, valeur in champs.items()}
