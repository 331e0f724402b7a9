"""« Boîte de réception » as a parent uses it."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from messagerie.fils.lignes import quand
from messagerie.models import Fil, Lecture, Piece
from messagerie.models.fil import APERCU
from tests.messagerie.fabriques import cinq_cents_fils

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture
def jean(client, dupont):
    client.force_login(dupont.compte)
    return client


@pytest.fixture
def sophie(client, martin):
    client.force_login(martin.compte)
    return client


@pytest.fixture
def fil(dupont, agent) -> Fil:
    """The centre wrote to the DUPONTs, Jean answered."""
    fil = Fil.ecrire_a(dupont.famille, "Sortie de mercredi", "Pensez au pique-nique de Léa.", agent)
    fil.completer("C’est noté.", par=dupont.titulaire)
    return fil


def page(client, adresse: str) -> str:
    reponse = client.get(adresse)
    assert reponse.status_code == 200
    return reponse.content.decode()


class TestListes:
    def test_recus_avec_ce_qui_est_nouveau(self, jean, fil):
        html = page(jean, "/messages/")
        assert "Sortie de mercredi" in html
        assert "C’est noté." in html
        assert "1\u00a0nouveau message" in html
        assert "<title>(1) Boîte de réception" in html

    def test_un_long_message_s_y_arrete_entre_deux_mots(self, jean, fil, dupont):
        mots = " ".join(["anniversaire"] * 20)
        fil.completer(f"Bonjour,\n\n{mots}", par=dupont.titulaire)
        (ligne,) = jean.get("/messages/").context["lignes"]
        assert ligne.extrait == "Bonjour, " + " ".join(["anniversaire"] * 10) + "…"

    def test_un_message_qui_tient_y_est_entier(self, jean, fil, dupont):
        fil.completer("x" * APERCU, par=dupont.titulaire)
        (ligne,) = jean.get("/messages/").context["lignes"]
        assert ligne.extrait == "x" * APERCU

    def test_envoyes_et_supprimes(self, jean, fil):
        assert "Sortie de mercredi" in page(jean, "/messages/envoyes/")
        assert "Aucun message supprimé" in page(jean, "/messages/supprimes/")

    def test_une_boite_vide_dit_quoi_faire(self, jean):
        html = page(jean, "/messages/")
        assert "Aucun message reçu" in html
        assert "Écrire au centre" in html

    @pytest.mark.parametrize("boite", ["/messages/", "/messages/envoyes/", "/messages/supprimes/"])
    def test_huit_requetes_au_plus_avec_cinq_cents_fils(
        self, jean, dupont, agent, boite, django_assert_max_num_queries
    ):
        supprime_le = timezone.now() if boite == "/messages/supprimes/" else None
        fils = cinq_cents_fils(dupont.famille, agent, supprime_le=supprime_le)
        page(jean, "/messages/nouveau/")  # writes when the session was last seen
        with django_assert_max_num_queries(8):
            html = page(jean, f"{boite}?page=25")
        assert html.count('class="courrier__extrait"') == 20
        assert ("aucun nouveau message" if supprime_le else f"{len(fils)}\u00a0nouveaux messages") in html

    def test_une_page_qui_n_existe_pas(self, jean):
        assert jean.get("/messages/?page=2").status_code == 404

    @pytest.mark.parametrize(
        ("moment", "attendu"),
        [
            (datetime(2015, 4, 8, 12, 5, tzinfo=UTC), "14\u00a0h\u00a005"),
            (datetime(2015, 4, 7, 23, 0, tzinfo=UTC), "1\u00a0h"),
            (datetime(2015, 2, 1, 12, 0, tzinfo=UTC), "1er\u00a0février"),
            (datetime(2014, 12, 31, 12, 0, tzinfo=UTC), "31/12/2014"),
        ],
    )
    def test_l_heure_aujourd_hui_le_jour_avant(self, moment, attendu):
        assert quand(moment, datetime(2015, 4, 8, 15, 0, tzinfo=UTC)) == attendu


class TestConversation:
    def test_chaque_message_dit_qui_l_a_ecrit(self, jean, fil):
        html = page(jean, f"/messages/{fil.pk}/")
        assert "Centre social Les Tilleuls (Alice MAIRIE)" in html
        assert "Jean DUPONT" in html

    def test_huit_requetes_au_plus(self, jean, fil, agent, django_assert_max_num_queries):
        for n in range(30):
            fil.repondre(f"Message {n}", par=agent)
        page(jean, "/messages/nouveau/")  # writes when the session was last seen
        with django_assert_max_num_queries(8):
            html = page(jean, f"/messages/{fil.pk}/")
        assert all(f"Message {n}<" in html for n in range(30))

    def test_lire_n_ecrit_rien_et_marquer_comme_lu_si(self, jean, fil, dupont):
        page(jean, "/messages/")  # writes when the session was last seen
        with CaptureQueriesContext(connection) as requetes:
            page(jean, f"/messages/{fil.pk}/")
        assert [r["sql"] for r in requetes if not r["sql"].startswith("SELECT")] == []
        jean.post(f"/messages/{fil.pk}/lecture/", {"dernier": fil.messages.last().pk})
        assert "<title>Boîte de réception" in page(jean, "/messages/")

    @pytest.mark.parametrize("dernier", ["", "abc", "0"])
    def test_lu_jusqu_a_un_message_d_ailleurs(self, jean, fil, dernier):
        assert jean.post(f"/messages/{fil.pk}/lecture/", {"dernier": dernier}).status_code == 404
        assert not Lecture.objects.exists()

    def test_repondre_avec_une_piece(self, jean, fil):
        reponse = jean.post(
            f"/messages/{fil.pk}/",
            {"texte": "Voici.", "pieces": [SimpleUploadedFile("a.pdf", PDF), SimpleUploadedFile("b.pdf", PDF)]},
        )
        assert reponse.url == f"/messages/{fil.pk}/"
        assert [piece.nom for piece in fil.messages.last().pieces.all()] == ["a.pdf", "b.pdf"]
        piece = Piece.objects.first()
        telecharge = jean.get(f"/messages/pieces/{piece.pk}/")
        assert telecharge.getvalue() == PDF

    def test_un_fichier_refuse_laisse_le_texte(self, jean, fil):
        html = jean.post(
            f"/messages/{fil.pk}/", {"texte": "Voici le papier.", "pieces": SimpleUploadedFile("a.pdf", b"MZ")}
        ).content.decode()
        assert "n’est ni un PDF" in html
        assert "Voici le papier.</textarea>" in html
        assert fil.messages.count() == 2

    def test_ecrire_au_centre(self, jean, dupont):
        jean.post("/messages/nouveau/", {"sujet": "Goûter", "texte": "Est-il fourni ?"})
        fil = dupont.famille.fils.get()
        assert (fil.sujet, fil.messages.get().de) == ("Goûter", "Jean DUPONT")

    def test_supprimer_puis_restaurer(self, jean, fil):
        jean.post(f"/messages/{fil.pk}/suppression/")
        assert "Sortie de mercredi" in page(jean, "/messages/supprimes/")
        assert "Aucun message reçu" in page(jean, "/messages/")
        assert "Restaurer" in page(jean, f"/messages/{fil.pk}/")
        jean.post(f"/messages/{fil.pk}/restauration/")
        assert "Sortie de mercredi" in page(jean, "/messages/")


class TestCloison:
    def test_les_martin_ne_voient_pas_une_ligne(self, sophie, fil):
        for adresse in ("/", "/messages/", "/messages/envoyes/", "/messages/supprimes/"):
            html = page(sophie, adresse)
            assert "Sortie de mercredi" not in html
            assert "aucun nouveau message" in html

    def test_les_martin_ne_touchent_a_rien(self, sophie, fil):
        piece = Piece.objects.create(
            message=fil.messages.first(), nom="a.pdf", type_mime="application/pdf", taille=1, empreinte="0" * 64
        )
        dernier = {"dernier": fil.messages.last().pk}
        assert sophie.get(f"/messages/{fil.pk}/").status_code == 404
        assert sophie.get(f"/messages/pieces/{piece.pk}/").status_code == 404
        assert sophie.post(f"/messages/{fil.pk}/", {"texte": "Annulez."}).status_code == 404
        for action in ("suppression", "restauration", "lecture"):
            assert sophie.post(f"/messages/{fil.pk}/{action}/", dernier).status_code == 404
        fil.refresh_from_db()
        assert (fil.messages.count(), fil.est_supprime, Lecture.objects.count()) == (2, False, 0)

    def test_une_piece_ne_s_ouvre_pas_sans_session(self, client, fil):
        piece = Piece.objects.create(
            message=fil.messages.first(), nom="a.pdf", type_mime="application/pdf", taille=1, empreinte="0" * 64
        )
        assert client.get(f"/messages/pieces/{piece.pk}/").url.startswith("/connexion/")

    def test_un_agent_est_mene_a_l_administration(self, client, agent, fil):
        client.force_login(agent)
        assert client.get(f"/messages/{fil.pk}/").url == "/admin/"

    def test_un_mot_de_passe_provisoire_ne_laisse_pas_ecrire(self, client, nouveau):
        client.force_login(nouveau.compte)
        reponse = client.post("/messages/nouveau/", {"sujet": "x", "texte": "y"})
        assert reponse.url == "/mot-de-passe/changement/"
        assert not Fil.objects.exists()


class TestSessionPerdue:
    """What was typed survives, for whoever typed it and nobody else."""

    ADRESSE = "/messages/nouveau/"
    SAISIE = {"sujet": "Absence de Léa", "texte": "Elle est malade <b>depuis</b> mardi."}

    def _envoyer_trop_tard(self, client, adresse: str = ADRESSE) -> str:
        """The page is open, the session ends, the form is sent. Returns where it leads."""
        sceau = client.get(adresse).context["sceau"]
        client.logout()
        return client.post(adresse, {**self.SAISIE, "sceau": sceau}).url

    def _entrer(self, client, adresse: str, identifiant: str) -> str:
        reponse = client.post(adresse, {"username": identifiant, "password": "Plombieres21"}, follow=True)
        return reponse.content.decode()

    def test_le_texte_revient_apres_la_connexion_et_s_envoie(self, jean, dupont):
        adresse = self._envoyer_trop_tard(jean)
        assert adresse == "/connexion/?expiree=1&next=/messages/nouveau/"
        html = self._entrer(jean, adresse, "dupont")
        assert "Votre texte a été gardé." in html
        assert 'value="Absence de Léa"' in html
        assert "Elle est malade &lt;b&gt;depuis&lt;/b&gt; mardi.</textarea>" in html
        assert not Fil.objects.exists()
        jean.post(self.ADRESSE, self.SAISIE)
        assert dupont.famille.fils.get().sujet == "Absence de Léa"
        assert "Votre texte a été gardé." not in page(jean, self.ADRESSE)

    def test_dans_une_conversation_aussi(self, jean, fil):
        adresse = self._envoyer_trop_tard(jean, f"/messages/{fil.pk}/")
        assert "malade &lt;b&gt;depuis" in self._entrer(jean, adresse, "dupont")

    def test_la_voisine_sur_le_meme_ordinateur_ne_le_lit_pas(self, jean, martin):
        html = self._entrer(jean, self._envoyer_trop_tard(jean), "martin")
        assert "Absence de Léa" not in html
        assert "malade" not in html

    def test_sans_le_sceau_rien_n_est_garde(self, client, dupont):
        client.post(self.ADRESSE, self.SAISIE)
        assert "brouillon" not in client.session
        client.post(self.ADRESSE, {**self.SAISIE, "sceau": f"{dupont.compte.pk}:x:y"})
        assert "brouillon" not in client.session

    def test_un_sceau_vieux_d_un_jour_ne_vaut_plus(self, jean):
        sceau = jean.get(self.ADRESSE).context["sceau"]
        jean.logout()
        with time_machine.travel(timezone.now() + timedelta(hours=25), tick=False):
            jean.post(self.ADRESSE, {**self.SAISIE, "sceau": sceau})
        assert "brouillon" not in jean.session
