"""The trace that each reading of a health record leaves."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from famille.models import FicheSanitaire, LectureConfidentielle
from socle.chiffrement import Secret
from tests import fabriques
from tests.famille.admin.sante.outils import LISTE, lectures, page, saisie

pytestmark = pytest.mark.django_db


class TestJournal:
    def test_lire_une_fiche_laisse_une_ligne(self, client, animateur, dupont, fiche):
        client.force_login(animateur)
        client.get(page(fiche))

        lecture = LectureConfidentielle.objects.get()
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
        lecture = LectureConfidentielle.objects.noter(fiche.enfant, par=superuser)
        client.force_login(superuser)
        adresses = {
            nom: reverse(f"admin:famille_lectureconfidentielle_{nom}", args=[lecture.pk])
            for nom in ["change", "delete"]
        }

        assert client.get(adresses["change"]).status_code == 200
        assert client.post(adresses["change"], {"enfant_nom": "X"}).status_code == 403
        assert client.post(adresses["delete"], {"post": "yes"}).status_code == 403
        assert client.get(reverse("admin:famille_lectureconfidentielle_add")).status_code == 403

    def test_le_journal_survit_a_l_enfant_et_a_l_agent(self, directrice, dupont, fiche):
        LectureConfidentielle.objects.noter(fiche.enfant, par=directrice)
        dupont.enfants[0].delete()
        directrice.delete()

        assert lectures() == [("Léa DUPONT", "directrice")]
