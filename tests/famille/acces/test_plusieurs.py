"""Several accesses from the list of the responsables: asked first, one letter each, nobody's in the others' way."""

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from famille.admin import acces
from famille.models import Compte, Responsable
from tests import fabriques
from tests.famille.acces.outils import lettres, mot_de_passe
from tests.planning.admin.outils import phrases

pytestmark = pytest.mark.django_db


class TestPlusieurs:
    liste = property(lambda self: reverse("admin:famille_responsable_changelist"))

    def envoyer(self, client: Client, *responsables: Responsable, **champs: str):
        choix = [responsable.pk for responsable in responsables]
        return client.post(self.liste, {"action": "ouvrir_les_acces", "_selected_action": choix, **champs})

    def test_on_confirme_d_abord(self, accueil, dupont, martin):
        ferme = fabriques.ResponsableFactory(nom="FERMÉ", compte=fabriques.CompteFactory(is_active=False))
        page = self.envoyer(accueil, dupont.conjoint, martin.titulaire, ferme)

        a_ouvrir, a_remplacer = page.text.split("<h2>")[1:]
        assert ("Jeanne DUPONT" in a_ouvrir, "MARTIN" in a_ouvrir, "FERMÉ" in a_ouvrir) == (True, False, False)
        assert ("DUPONT" in a_remplacer, "Sophie MARTIN" in a_remplacer, "FERMÉ" in a_remplacer) == (False, True, False)
        assert page.text.count('class="errornote"') == 1
        assert page.context["title"] == "Ouvrir les accès et imprimer les courriers"
        deux = self.envoyer(accueil, dupont.conjoint, martin.titulaire)
        assert all('value="Imprimer les courriers"' in une.text for une in (deux, page))
        assert page.text.count('name="confirmer"') == 1
        personne = self.envoyer(accueil, ferme)
        assert personne.context["title"] == "Ouvrir l’accès et imprimer le courrier"
        assert Compte.objects.filter(identifiant__startswith="jeanne").count() == 0

    def test_des_courriers_s_accordent_en_nombre(self, accueil, dupont, martin):
        page = self.envoyer(accueil, dupont.conjoint, martin.titulaire).text
        assert "Ouvrir les accès et imprimer les courriers" in page
        assert "imprimez-les aussitôt" in page
        assert "Remplacer aussi ce mot de passe" in page
        assert "imprimez-le aussitôt" in self.envoyer(accueil, dupont.conjoint).text

    def test_sans_courrier_possible_la_page_le_dit_et_n_a_pas_de_bouton(self, accueil, martin):
        Compte.objects.filter(pk=martin.compte.pk).update(is_active=False)
        page = self.envoyer(accueil, martin.titulaire).text
        assert "Aucun courrier à imprimer." in page
        assert 'value="Imprimer' not in page

    def test_renoncer_rend_la_liste_cochee(self, accueil, dupont, martin):
        assert 'name="renoncer"' in self.envoyer(accueil, dupont.conjoint, martin.titulaire).text
        liste = self.envoyer(accueil, dupont.conjoint, martin.titulaire, confirmer="1", renoncer="oui").text

        assert liste.count("<input checked") == 2
        assert '<option value="ouvrir_les_acces" selected>' in liste
        assert not Compte.objects.filter(identifiant__startswith="jeanne").exists()

    def test_une_lettre_par_personne_sans_toucher_aux_acces_ouverts(self, accueil, dupont, martin):
        pages = lettres(self.envoyer(accueil, dupont.conjoint, martin.titulaire, confirmer="1"))

        assert ["jeanne.dupont" in page for page in pages] == [True]
        assert Compte.objects.get(identifiant="martin").check_password(fabriques.MOT_DE_PASSE)

    def test_un_compte_ferme_n_empeche_pas_les_autres(self, accueil, dupont):
        ferme = fabriques.ResponsableFactory(compte=fabriques.CompteFactory(is_active=False))
        pages = lettres(self.envoyer(accueil, dupont.conjoint, ferme, confirmer="1", remplacer="1"))

        assert ["jeanne.dupont" in page for page in pages] == [True]

    def test_ou_en_les_remplacant_si_on_le_coche(self, accueil, dupont, martin):
        pages = lettres(self.envoyer(accueil, dupont.conjoint, martin.titulaire, confirmer="1", remplacer="1"))

        assert len(pages) == 2
        assert Compte.objects.get(identifiant="martin").check_password(mot_de_passe(pages[1]))

    def test_personne_a_servir(self, accueil, martin):
        reponse = self.envoyer(accueil, martin.titulaire, confirmer="1")

        assert phrases(reponse) == ["Aucun courrier à imprimer : tous ont déjà un accès."]
        assert LogEntry.objects.count() == 0

    def test_pas_plus_que_l_imprimante_n_en_supporte(self, accueil, dupont, martin, monkeypatch):
        monkeypatch.setattr(acces, "LETTRES_MAX", 1)

        reponse = self.envoyer(accueil, dupont.conjoint, martin.titulaire, confirmer="1")

        assert phrases(reponse) == ["Choisissez au plus 1 responsables à la fois."]
        assert not Compte.objects.filter(identifiant="jeanne.dupont").exists()
        assert len(lettres(self.envoyer(accueil, dupont.conjoint, confirmer="1"))) == 1

    def test_l_action_n_existe_pas_sans_le_droit(self, client, animateur, dupont):
        client.force_login(animateur)
        self.envoyer(client, dupont.conjoint, confirmer="1")

        assert not Compte.objects.filter(identifiant="jeanne.dupont").exists()
