"""Words at the agents' desk: conversations, messages to many, announcements, documents."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from messagerie.models import Document, Envoi, Fil, Information, Piece

from .fabriques import DocumentFactory

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture
def fil(dupont) -> Fil:
    return Fil.ecrire_au_centre(dupont.titulaire, "Goûter", "Le goûter est-il fourni ?")


@pytest.fixture
def bureau(client, agent):
    """The front desk, signed in."""
    client.force_login(agent)
    return client


def adresse(nom: str, *args: int) -> str:
    return reverse(f"admin:messagerie_{nom}", args=args)


class TestConversations:
    def test_la_liste_montre_d_abord_ce_qui_attend(self, bureau, fil, martin, agent):
        Fil.ecrire_a(martin.famille, "Sortie", "Bonjour", agent)
        html = bureau.get(adresse("fil_changelist")).content.decode()
        assert "Goûter" in html
        assert "Sortie" not in html
        toutes = bureau.get(adresse("fil_changelist"), {"suivi": "toutes"}).content.decode()
        assert "Sortie" in toutes

    @pytest.mark.parametrize(
        ("plus_tard", "dit"),
        [
            (timedelta(seconds=20), "reçu à l’instant"),
            (timedelta(minutes=1), "reçu il y a 1\u00a0minute"),
            (timedelta(days=3), "reçu il y a 3\u00a0jours"),
        ],
    )
    def test_depuis_quand_la_famille_attend(self, bureau, fil, agent, plus_tard, dit):
        with time_machine.travel(fil.en_attente_depuis + plus_tard, tick=False):
            bureau.force_login(agent)  # the session of three days ago is over
            assert f">{dit}<" in bureau.get(adresse("fil_changelist")).content.decode()
            page = bureau.get(adresse("fil_change", fil.pk)).content.decode()
        assert f"Attend une réponse\u00a0: message {dit}." in page

    def test_la_liste_ne_coute_pas_plus_avec_plus_de_fils(self, bureau, dupont, martin, django_assert_max_num_queries):
        for n in range(30):
            Fil.ecrire_au_centre((dupont if n % 2 else martin).titulaire, f"Sujet {n}", "Bonjour")
        bureau.get(adresse("fil_changelist"))
        with django_assert_max_num_queries(9):
            bureau.get(adresse("fil_changelist"))

    @pytest.mark.parametrize("cherche", ["dupont", "1001001818331", "goûter"])
    def test_chercher_une_conversation(self, bureau, fil, martin, cherche):
        Fil.ecrire_au_centre(martin.titulaire, "Retard", "Bonjour")
        html = bureau.get(adresse("fil_changelist"), {"q": cherche}).content.decode()
        assert ("Goûter" in html, "Retard" in html) == (True, False)

    def test_prendre_en_charge_repondre_avec_une_piece(self, bureau, fil, agent, dupont):
        bureau.post(adresse("fil_prise_en_charge", fil.pk))
        page = bureau.get(adresse("fil_change", fil.pk)).content.decode()
        assert "Vous vous en occupez." in page
        bureau.post(adresse("fil_change", fil.pk), {"texte": "Oui.", "pieces": SimpleUploadedFile("menus.pdf", PDF)})
        fil.refresh_from_db()
        assert (fil.suivi_par, fil.en_attente_depuis) == (agent, None)
        assert fil.messages.last().de == "Centre social Les Tilleuls (Alice MAIRIE)"
        telecharge = bureau.get(adresse("fil_piece", Piece.objects.get().pk))
        assert telecharge.getvalue() == PDF

    def test_le_second_agent_apprend_qui_s_en_occupe(self, bureau, fil, directrice):
        fil.prendre_en_charge(directrice)
        page = bureau.post(adresse("fil_prise_en_charge", fil.pk), follow=True).content.decode()
        assert "Diane MAIRIE s’occupe déjà de cette conversation." in page
        bureau.post(adresse("fil_prise_en_charge", fil.pk), {"de": directrice.pk})
        fil.refresh_from_db()
        assert fil.suivi_par.prenom == "Alice"

    def test_classer_sans_reponse(self, bureau, fil):
        bureau.post(adresse("fil_classement", fil.pk))
        assert not Fil.objects.a_traiter().exists()

    def test_ecrire_le_premier_a_une_famille(self, bureau, dupont):
        bureau.post(
            adresse("fil_add"), {"famille": dupont.famille.pk, "sujet": "Sortie", "texte": "Pensez au pique-nique."}
        )
        assert [message.du_centre for message in dupont.famille.fils.get().messages.all()] == [True]

    @pytest.mark.parametrize("action", ["fil_prise_en_charge", "fil_classement"])
    def test_un_get_ne_fait_rien(self, bureau, fil, action):
        assert bureau.get(adresse(action, fil.pk)).status_code == 403

    def test_sans_droit_pas_de_page_ni_de_piece(self, client, agent_sans_droit, animateur, fil):
        piece = Piece.objects.create(
            message=fil.messages.get(), nom="a.pdf", type_mime="application/pdf", taille=1, empreinte="0" * 64
        )
        for compte in (agent_sans_droit, animateur):
            client.force_login(compte)
            assert client.get(adresse("fil_changelist")).status_code == 403
            assert client.get(adresse("fil_change", fil.pk)).status_code == 403
            assert client.post(adresse("fil_change", fil.pk), {"texte": "x"}).status_code == 403
            assert client.get(adresse("fil_piece", piece.pk)).status_code == 403
        assert fil.messages.count() == 1

    def test_un_parent_n_y_entre_pas(self, client, dupont, fil):
        client.force_login(dupont.compte)
        assert client.get(adresse("fil_change", fil.pk)).status_code == 403


class TestEnvois:
    def test_ecrire_choisir_voir_lancer_suivre(self, bureau, dupont, martin, django_capture_on_commit_callbacks):
        reponse = bureau.post(
            adresse("envoi_add"), {"sujet": "Grève", "texte": "Le centre sera fermé.", "destinataires": "choisies"}
        )
        envoi = Envoi.objects.get()
        assert reponse.url == adresse("envoi_destinataires", envoi.pk)
        assert "Aucune famille" in bureau.get(reponse.url).content.decode()
        bureau.post(reponse.url, {"numeros": dupont.famille.numero})
        apercu = bureau.get(reponse.url).content.decode()
        assert "DUPONT (1001001818331)" in apercu
        assert "MARTIN" not in apercu
        assert 'value="Envoyer à 1\u00a0famille"' in apercu
        with django_capture_on_commit_callbacks(execute=True):
            bureau.post(adresse("envoi_lancement", envoi.pk), {"attendues": "1"})
        suivi = bureau.get(reponse.url).content.decode()
        assert "1 sur 1\u00a0famille" in suivi
        assert "Des familles choisies" in suivi
        assert dupont.famille.fils.get().sujet == "Grève"
        assert not martin.famille.fils.exists()

    def test_un_numero_inconnu_laisse_la_saisie(self, bureau, agent):
        envoi = Envoi.objects.create(sujet="x", texte="y", sorte="choisies", cree_par=agent)
        html = bureau.post(adresse("envoi_destinataires", envoi.pk), {"numeros": "999"}).content.decode()
        assert "Aucune famille ne porte ce numéro" in html
        assert "999</textarea>" in html

    def test_un_envoi_parti_ne_se_change_ni_ne_se_supprime(self, bureau, dupont, agent):
        envoi = Envoi.objects.create(sujet="x", texte="y", sorte="toutes", cree_par=agent)
        envoi.lancer(par=agent, attendues=1)
        assert bureau.get(adresse("envoi_change", envoi.pk)).url == adresse("envoi_destinataires", envoi.pk)
        assert bureau.post(adresse("envoi_delete", envoi.pk), {"post": "yes"}).status_code == 403
        assert bureau.post(adresse("envoi_destinataires", envoi.pk), {}).status_code == 403

    def test_le_regisseur_ne_lance_pas(self, client, regisseur, agent, dupont):
        envoi = Envoi.objects.create(sujet="x", texte="y", sorte="toutes", cree_par=agent)
        client.force_login(regisseur)
        assert client.post(adresse("envoi_lancement", envoi.pk), {"attendues": "1"}).status_code == 403
        assert client.get(adresse("envoi_destinataires", envoi.pk)).status_code == 403
        assert not Fil.objects.exists()

    @pytest.mark.parametrize("attendues", ["", "abc", "-1", "2"])
    def test_un_effectif_forge_ne_lance_rien(self, bureau, agent, dupont, attendues):
        envoi = Envoi.objects.create(sujet="x", texte="y", sorte="toutes", cree_par=agent)
        bureau.post(adresse("envoi_lancement", envoi.pk), {"attendues": attendues})
        envoi.refresh_from_db()
        assert not envoi.est_lance


class TestPublications:
    def test_une_information_et_son_apercu(self, bureau):
        saisie = {"titre": "Fermeture", "texte": "Le centre est **fermé**.", "publiee_le": "2015-04-08"}
        bureau.post(adresse("information_add"), saisie)
        information = Information.objects.get()
        page = bureau.get(adresse("information_change", information.pk)).content.decode()
        assert "<strong>fermé</strong>" in page

    def test_un_document_se_depose_puis_se_remplace(self, bureau, django_capture_on_commit_callbacks):
        saisie = {"titre": "Menus", "categorie": "menus", "publiee_le": "2015-04-08"}
        bureau.post(adresse("document_add"), {**saisie, "depot": SimpleUploadedFile("a.pdf", PDF)})
        document = Document.objects.get()
        ancien, stockage = document.fichier.name, document.fichier.storage
        with django_capture_on_commit_callbacks(execute=True):
            bureau.post(
                adresse("document_change", document.pk),
                {**saisie, "depot": SimpleUploadedFile("b.pdf", PDF + b"\n%%EOF")},
            )
        document.refresh_from_db()
        assert document.nom == "b.pdf"
        assert not stockage.exists(ancien)
        telecharge = bureau.get(adresse("document_fichier", document.pk))
        assert telecharge.getvalue() == PDF + b"\n%%EOF"

    def test_changer_le_titre_garde_le_fichier(self, bureau):
        saisie = {"titre": "Menus", "categorie": "menus", "publiee_le": "2015-04-08"}
        bureau.post(adresse("document_add"), {**saisie, "depot": SimpleUploadedFile("a.pdf", PDF)})
        document = Document.objects.get()
        bureau.post(adresse("document_change", document.pk), {**saisie, "titre": "Menus d’avril"})
        document.refresh_from_db()
        assert (document.titre, document.nom) == ("Menus d’avril", "a.pdf")

    def test_un_document_qui_n_en_est_pas_un(self, bureau):
        saisie = {"titre": "Menus", "categorie": "menus", "publiee_le": "2015-04-08"}
        reponse = bureau.post(adresse("document_add"), {**saisie, "depot": SimpleUploadedFile("a.pdf", b"MZ")})
        assert "n’est ni un PDF" in reponse.content.decode()
        assert not Document.objects.exists()

    def test_le_fichier_d_un_document_ne_s_ouvre_pas_sans_droit(self, client, agent_sans_droit):
        client.force_login(agent_sans_droit)
        assert client.get(adresse("document_fichier", DocumentFactory().pk)).status_code == 403
