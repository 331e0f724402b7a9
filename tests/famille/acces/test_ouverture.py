"""Opening a parent's access: who may, what is printed, what remains of it."""

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.urls import reverse

from famille.models import Compte, Responsable
from famille.models.responsable import AccesImpossible
from famille.taches import envoyer_liens_de_mot_de_passe
from tests import fabriques
from tests.famille.acces.outils import adresse_acces, fiche, lettres, mot_de_passe

pytestmark = pytest.mark.django_db


class TestOuverture:
    def test_le_courrier_donne_un_mot_de_passe_qui_ouvre_la_porte(self, accueil, dupont):
        (lettre,) = lettres(accueil.post(adresse_acces(dupont.conjoint)))

        dupont.conjoint.refresh_from_db()
        compte = dupont.conjoint.compte
        assert compte.identifiant == "jeanne.dupont"
        assert "jeanne.dupont" in lettre
        assert compte.check_password(mot_de_passe(lettre))
        assert compte.doit_changer_de_mot_de_passe

    def test_le_courrier_n_est_ni_garde_ni_mis_en_cache(self, accueil, dupont, settings, caplog):
        reponse = accueil.post(adresse_acces(dupont.conjoint))
        secret = mot_de_passe(lettres(reponse)[0])

        assert "no-store" in reponse.headers["Cache-Control"]
        assert reponse.headers["Content-Disposition"] == 'inline; filename="courrier-jeanne.dupont.pdf"'
        assert not settings.MEDIA_ROOT.exists()
        assert secret not in caplog.text
        assert not any(secret in valeur for valeur in toute_la_base())

    def test_le_journal_dit_qui_a_ouvert_l_acces(self, accueil, agent, dupont):
        accueil.post(adresse_acces(dupont.conjoint))

        entree = LogEntry.objects.get()
        assert (entree.user, entree.object_repr) == (agent, "Jeanne DUPONT")
        assert entree.change_message == "Accès ouvert, courrier imprimé."

    def test_lire_la_page_n_ouvre_rien(self, accueil, dupont):
        assert accueil.get(adresse_acces(dupont.conjoint)).status_code == 200

        dupont.conjoint.refresh_from_db()
        assert dupont.conjoint.compte is None

    def test_la_fiche_propose_le_bon_bouton(self, accueil, dupont):
        assert "Ouvrir l’accès et imprimer le courrier" in accueil.get(fiche(dupont.conjoint)).content.decode()
        assert "Nouveau mot de passe et courrier" in accueil.get(fiche(dupont.titulaire)).content.decode()

    def test_la_question_dit_si_l_acces_s_ouvre_ou_se_remplace(self, accueil, dupont):
        ouvre, remplace = (accueil.get(adresse_acces(r)) for r in (dupont.conjoint, dupont.titulaire))

        assert [page.context["title"] for page in (ouvre, remplace)] == [
            "Ouvrir l’accès et imprimer le courrier",
            "Nouveau mot de passe et courrier",
        ]
        assert f'<a href="{fiche(dupont.conjoint)}">Jeanne DUPONT</a>' in ouvre.text
        assert 'value="Imprimer le courrier"' in ouvre.text
        assert 'name="confirmer"' not in ouvre.text

    def test_deux_homonymes_ont_chacun_leur_identifiant(self, accueil):
        fiches = [fabriques.ResponsableFactory(prenom="Jean", nom="DUPONT") for _ in range(3)]
        for responsable in fiches:
            accueil.post(adresse_acces(responsable))

        assert [r.compte.identifiant for r in Responsable.objects.order_by("pk")] == [
            "jean.dupont",
            "jean.dupont2",
            "jean.dupont3",
        ]

    def test_un_identifiant_se_tape_sur_un_clavier_francais(self, accueil):
        for prenom, nom in [("Lætitia", "d’Arc"), ("Łukasz", "STRAUẞ"), ("Anne-Œdipe", "DE L'ÎLE"), ("Ирина", "李")]:
            accueil.post(adresse_acces(fabriques.ResponsableFactory(prenom=prenom, nom=nom)))

        assert [r.compte.identifiant for r in Responsable.objects.order_by("pk")] == [
            "laetitia.darc",
            "lukasz.strauss",
            "anne-oedipe.de-lile",
            "famille",
        ]

    def test_un_nom_interminable_a_un_identifiant_quand_meme(self, accueil):
        responsable = fabriques.ResponsableFactory(prenom="Jean-" * 19, nom="DUPONT-" * 14)

        assert accueil.post(adresse_acces(responsable)).status_code == 200

    def test_si_l_impression_echoue_le_mot_de_passe_ne_change_pas(self, accueil, dupont, monkeypatch):
        def en_panne(*_, **__):
            raise OSError("no fonts")

        monkeypatch.setattr("famille.acces.ouverture.imprimer_lettres", en_panne)
        with pytest.raises(OSError, match="no fonts"):
            accueil.post(adresse_acces(dupont.titulaire), {"remplacer": "1"})

        assert Compte.objects.get(identifiant="dupont").check_password(fabriques.MOT_DE_PASSE)

    def test_un_acces_que_le_journal_n_a_pas_note_n_est_pas_ouvert(self, accueil, dupont, monkeypatch):
        def en_panne(*_):
            raise OSError("no journal")

        monkeypatch.setattr("famille.admin.acces.OuvertureDesAcces.log_change", en_panne)
        with pytest.raises(OSError, match="no journal"):
            accueil.post(adresse_acces(dupont.conjoint))

        assert Responsable.objects.get(pk=dupont.conjoint.pk).compte is None


class TestRemplacement:
    def test_un_mot_de_passe_ne_se_remplace_qu_apres_confirmation(self, accueil, dupont):
        reponse = accueil.post(adresse_acces(dupont.titulaire))

        assert "cesse aussitôt de fonctionner" in reponse.content.decode()
        assert Compte.objects.get(identifiant="dupont").check_password(fabriques.MOT_DE_PASSE)

    def test_confirme_il_est_remplace(self, accueil, dupont):
        (lettre,) = lettres(accueil.post(adresse_acces(dupont.titulaire), {"remplacer": "1"}))

        compte = Compte.objects.get(identifiant="dupont")
        assert compte.check_password(mot_de_passe(lettre))
        assert LogEntry.objects.get().change_message == "Nouveau mot de passe provisoire, courrier imprimé."

    def test_le_parent_connecte_est_deconnecte(self, accueil, dupont):
        parent = Client()
        parent.force_login(dupont.compte)
        accueil.post(adresse_acces(dupont.titulaire), {"remplacer": "1"})

        assert parent.get("/mon-compte/").status_code == 302


class TestDroits:
    @pytest.mark.parametrize("qui", ["animateur", "regisseur", "agent_sans_droit"])
    @pytest.mark.parametrize("methode", ["get", "post"])
    def test_sans_le_droit_rien_ne_s_ouvre(self, request, client, dupont, qui, methode):
        client.force_login(request.getfixturevalue(qui))

        assert getattr(client, methode)(adresse_acces(dupont.conjoint)).status_code == 403
        dupont.conjoint.refresh_from_db()
        assert dupont.conjoint.compte is None

    def test_sans_le_droit_la_fiche_ne_le_propose_pas(self, client, animateur, dupont):
        client.force_login(animateur)

        page = client.get(fiche(dupont.conjoint)).content.decode()

        assert "imprimer le courrier" not in page

    def test_une_page_etrangere_ne_peut_pas_l_ouvrir(self, agent, dupont):
        client = Client(enforce_csrf_checks=True)
        client.force_login(agent)

        assert client.post(adresse_acces(dupont.conjoint)).status_code == 403

    def test_un_inconnu_est_introuvable(self, accueil):
        assert accueil.post(reverse("admin:famille_responsable_acces", args=[999999])).status_code == 404

    def test_le_compte_d_un_agent_qui_est_aussi_parent_est_hors_d_atteinte(self, accueil, directrice, martin):
        Responsable.objects.filter(pk=martin.titulaire.pk).update(compte=directrice)

        reponse = accueil.post(adresse_acces(martin.titulaire), {"remplacer": "1"}, follow=True)

        assert "aussi celui d’un agent" in reponse.content.decode()
        directrice.refresh_from_db()
        assert directrice.check_password(fabriques.MOT_DE_PASSE)

    def test_ni_par_l_adresse_de_sa_fiche_de_parent(self, directrice, martin, mailoutbox):
        Responsable.objects.filter(pk=martin.titulaire.pk).update(compte=directrice, email="intrus@example.org")

        envoyer_liens_de_mot_de_passe.call("intrus@example.org")

        assert mailoutbox == []

    def test_un_compte_ferme_ne_se_rouvre_pas_par_courrier(self, dupont):
        Compte.objects.filter(pk=dupont.compte.pk).update(is_active=False)

        with pytest.raises(AccesImpossible, match="fermé"):
            Responsable.objects.get(pk=dupont.titulaire.pk).ouvrir_acces()


def toute_la_base() -> list[str]:
    """Every row of every table, as text."""
    with connection.cursor() as curseur:
        tables = connection.introspection.table_names(curseur)
        lignes = []
        for table in tables:
            curseur.execute(f'SELECT t::text FROM "{table}" t')
            lignes += [ligne for (ligne,) in curseur.fetchall()]
    return lignes
