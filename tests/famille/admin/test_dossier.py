"""The dossier as agents write it: a famille, its responsables, its children, its quotients."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.urls import reverse

from famille.models import Enfant, Famille, QuotientFamilial, Rattachement, Responsable

pytestmark = pytest.mark.django_db


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

    def test_un_enfant_n_est_pas_ne_demain(self, client, agent, dupont):
        lignes = {**gestion("rattachements", 1), **gestion("tiers", 0), **gestion("assurance", 0)}
        lignes |= {"rattachements-0-famille": dupont.famille.pk, "rattachements-INITIAL_FORMS": 0}
        champs = {"nom": "DUPONT", "prenom": "Zoé", "regime": "standard", **lignes}
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


def test_les_revenus_et_les_quotients_se_lisent_en_euros(client, agent, dupont):
    dupont.famille.informations_fiscales.update_or_create(
        annee=2013, defaults={"revenu_fiscal_reference": 25_000, "parts": 3}
    )
    dupont.famille.quotients.create(valeur=1_612, date_effet=date(2015, 3, 1))
    client.force_login(agent)
    assert "25\u202f000\u00a0€" in client.get(reverse("admin:famille_informationsfiscales_changelist")).text
    assert "1\u202f612\u00a0€" in client.get(reverse("admin:famille_quotientfamilial_changelist")).text
