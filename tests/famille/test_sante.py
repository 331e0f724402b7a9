"""Health data: who reads them, and the trace that each reading leaves."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from famille.models import FicheSanitaire, LectureSante
from socle.chiffrement import Secret
from tests import fabriques

pytestmark = pytest.mark.django_db


@pytest.fixture
def fiche(dupont) -> FicheSanitaire:
    return dupont.enfants[0].fiche_sanitaire


def page(fiche: FicheSanitaire, nom: str = "change") -> str:
    return reverse(f"admin:famille_fichesanitaire_{nom}", args=[fiche.pk])


LISTE = "admin:famille_fichesanitaire_changelist"


def lectures() -> list[tuple[str, str]]:
    return list(LectureSante.objects.order_by("pk").values_list("enfant_nom", "par_identifiant"))


def saisie(fiche: FicheSanitaire, **champs: str) -> dict[str, object]:
    """The record's page as a browser sends it back, with these changes."""
    vaccination = fiche.vaccinations.get()
    texte = ["medecin_nom", "medecin_telephone", "medecin_adresse", "allergies", "pai", "traitement"]
    texte += ["lunettes", "appareils", "observations"]
    return {
        **{nom: getattr(fiche, nom) for nom in texte},
        "vaccinations-TOTAL_FORMS": 1,
        "vaccinations-INITIAL_FORMS": 1,
        "vaccinations-0-id": vaccination.pk,
        "vaccinations-0-fiche": fiche.pk,
        "vaccinations-0-vaccin": "DTP",
        "vaccinations-0-date": "12/03/2014",
        **champs,
    }


class TestQuiLit:
    @pytest.mark.parametrize("qui", ["agent", "regisseur", "agent_sans_droit"])
    @pytest.mark.parametrize("nom", ["change", "history", "delete"])
    def test_l_accueil_et_la_regie_n_y_ont_pas_acces(self, request, client, fiche, qui, nom):
        client.force_login(request.getfixturevalue(qui))

        assert client.get(page(fiche, nom)).status_code == 403
        assert client.post(page(fiche, nom), saisie(fiche)).status_code in {403, 405}
        assert client.get(reverse(LISTE)).status_code == 403
        assert lectures() == []

    def test_l_animateur_lit_sans_ecrire(self, client, animateur, fiche):
        client.force_login(animateur)

        assert "Arachide" in client.get(page(fiche)).content.decode()
        assert client.post(page(fiche), saisie(fiche, allergies="Aucune")).status_code == 403
        assert FicheSanitaire.objects.get(pk=fiche.pk).allergies == "Arachide"

    def test_la_direction_corrige(self, client, directrice, fiche):
        client.force_login(directrice)

        reponse = client.post(page(fiche), saisie(fiche, allergies="Gluten", **{"vaccinations-0-date": "15/04/2015"}))

        assert reponse.status_code == 302
        relue = FicheSanitaire.objects.get(pk=fiche.pk)
        assert relue.allergies == "Gluten"
        assert [f"{v.vaccin} {v.date:%d/%m/%Y}" for v in relue.vaccinations.all()] == ["DTP 15/04/2015"]

    def test_une_saisie_refusee_revient_remplie(self, client, directrice, fiche):
        client.force_login(directrice)

        reponse = client.post(page(fiche), saisie(fiche, allergies="Gluten", **{"vaccinations-0-date": "hier"}))

        contenu = reponse.content.decode()
        assert reponse.status_code == 200
        assert "Gluten" in contenu
        assert 'value="hier"' in contenu
        assert FicheSanitaire.objects.get(pk=fiche.pk).allergies == "Arachide"

    def test_la_fiche_de_l_enfant_y_mene_qui_en_a_le_droit(self, client, animateur, agent, dupont, fiche):
        adresse = reverse("admin:famille_enfant_change", args=[dupont.enfants[0].pk])

        client.force_login(animateur)
        assert page(fiche) in client.get(adresse).content.decode()
        client.force_login(agent)
        contenu = client.get(adresse).content.decode()
        assert "Fiche sanitaire" not in contenu
        assert "Arachide" not in contenu

    def test_la_direction_commence_une_fiche_depuis_celle_de_l_enfant(self, client, directrice, dupont):
        enfant = fabriques.EnfantFactory(famille=dupont.famille)
        client.force_login(directrice)

        contenu = client.get(reverse("admin:famille_enfant_change", args=[enfant.pk])).content.decode()

        assert reverse("admin:famille_fichesanitaire_add", query={"enfant": enfant.pk}) in contenu


class TestJournal:
    def test_lire_une_fiche_laisse_une_ligne(self, client, animateur, dupont, fiche):
        client.force_login(animateur)
        client.get(page(fiche))

        lecture = LectureSante.objects.get()
        assert (lecture.enfant, lecture.enfant_nom) == (dupont.enfants[0], "Léa DUPONT")
        assert (lecture.par, lecture.par_identifiant) == (animateur, "animateur")

    @pytest.mark.parametrize("nom", ["change", "history", "delete"])
    def test_chaque_page_d_une_fiche_compte(self, client, directrice, fiche, nom):
        client.force_login(directrice)

        assert client.get(page(fiche, nom)).status_code == 200
        assert lectures() == [("Léa DUPONT", "directrice")]

    def test_enregistrer_une_fiche_compte_aussi(self, client, directrice, fiche):
        client.force_login(directrice)
        client.post(page(fiche), saisie(fiche))

        assert lectures() == [("Léa DUPONT", "directrice")]

    def test_une_saisie_refusee_montre_la_fiche_et_compte(self, client, directrice, fiche):
        client.force_login(directrice)
        client.post(page(fiche), saisie(fiche, **{"vaccinations-0-date": "hier"}))

        assert lectures() == [("Léa DUPONT", "directrice")]

    def test_supprimer_une_fiche_laisse_sa_ligne(self, client, directrice, fiche):
        client.force_login(directrice)
        client.post(page(fiche, "delete"), {"post": "yes"})

        assert not FicheSanitaire.objects.filter(pk=fiche.pk).exists()
        assert lectures() == [("Léa DUPONT", "directrice")]

    def test_la_liste_ne_montre_et_ne_dechiffre_rien(self, client, directrice, fiche, martin, monkeypatch):
        lus = []
        monkeypatch.setattr(Secret, "en_clair", lambda secret: lus.append(secret) or "")
        client.force_login(directrice)

        assert client.get(reverse(LISTE), {"q": "léa"}).status_code == 200
        assert (lus, lectures()) == ([], [])

    def test_les_pages_de_l_enfant_et_de_la_famille_ne_dechiffrent_rien(self, client, directrice, dupont, monkeypatch):
        lus = []
        monkeypatch.setattr(Secret, "en_clair", lambda secret: lus.append(secret) or "")
        client.force_login(directrice)

        for modele, pk in [("enfant", dupont.enfants[0].pk), ("famille", dupont.famille.pk)]:
            for nom in ["change", "history", "delete"]:
                assert client.get(reverse(f"admin:famille_{modele}_{nom}", args=[pk])).status_code == 200
        assert (lus, lectures()) == ([], [])

    def test_un_parent_qui_lit_la_fiche_de_son_enfant_n_est_pas_au_journal(self, client, dupont):
        client.force_login(dupont.compte)

        assert client.get(f"/enfants/{dupont.enfants[0].pk}/").status_code == 200
        assert lectures() == []

    def test_le_journal_de_l_administration_ne_dit_rien_de_la_sante(self, client, directrice, fiche):
        client.force_login(directrice)
        client.post(page(fiche), saisie(fiche, allergies="Gluten"))

        entree = LogEntry.objects.get()
        assert entree.object_repr == "Fiche sanitaire de Léa DUPONT"
        assert "Gluten" not in entree.change_message
        assert "Arachide" not in entree.change_message

    def test_personne_n_ecrit_dans_le_journal(self, client, fiche):
        superuser = fabriques.CompteFactory(is_staff=True, is_superuser=True)
        lecture = LectureSante.objects.noter(fiche.enfant, par=superuser)
        client.force_login(superuser)
        adresses = {
            nom: reverse(f"admin:famille_lecturesante_{nom}", args=[lecture.pk]) for nom in ["change", "delete"]
        }

        assert client.get(adresses["change"]).status_code == 200
        assert client.post(adresses["change"], {"enfant_nom": "X"}).status_code == 403
        assert client.post(adresses["delete"], {"post": "yes"}).status_code == 403
        assert client.get(reverse("admin:famille_lecturesante_add")).status_code == 403

    def test_le_journal_survit_a_l_enfant_et_a_l_agent(self, directrice, dupont, fiche):
        LectureSante.objects.noter(fiche.enfant, par=directrice)
        dupont.enfants[0].delete()
        directrice.delete()

        assert lectures() == [("Léa DUPONT", "directrice")]
