"""« Infos/Documents »: rich but harmless, dated, archived, downloaded."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from messagerie.infos.texte_riche import en_html
from messagerie.models import Document, Fil, Information
from planning.models import Inscription, Prestation, Structure
from socle.fichiers.examen import examiner
from tests.attaques import CORPUS, dangers
from tests.messagerie.fabriques import DocumentFactory, InformationFactory

AVRIL = date(2015, 4, 8)
PDF = b"%PDF-1.7\n%%EOF\n"


class TestTexteRiche:
    def test_ce_que_les_agents_ecrivent(self):
        html = en_html("Le centre est **fermé**.\nPensez à\n\n- annuler\n- [prévenir](https://exemple.fr)")
        assert html == (
            "<p>Le centre est <strong>fermé</strong>.<br>\nPensez à</p>\n<ul>\n<li>annuler</li>\n"
            '<li><a href="https://exemple.fr" rel="noopener noreferrer">prévenir</a></li>\n</ul>\n'
        )

    def test_un_titre_reste_sous_celui_de_la_page(self):
        assert en_html("# Été\n\n##### Bis") == "<h3>Été</h3>\n<h4>Bis</h4>\n"

    @pytest.mark.parametrize("attaque", CORPUS)
    def test_le_corpus_ne_passe_pas(self, attaque):
        assert dangers(en_html(attaque)) == []

    @given(st.text())
    def test_aucune_balise_n_entre(self, texte):
        assert dangers(en_html("<script>" + texte)) == []

    @pytest.mark.parametrize("attaque", ["<img src=x onerror=alert(1)>", "<a href='javascript:alert(1)'>x</a>"])
    def test_l_inspection_verrait_une_attaque(self, attaque):
        assert dangers(f"<p>{attaque}</p>") != []


@pytest.mark.django_db
class TestCorpusDansLesPages:
    """Whatever a parent or an agent types, what is read back is text."""

    @pytest.mark.parametrize("attaque", CORPUS)
    def test_partout_ou_l_on_ecrit(self, client, dupont, agent, directrice, attaque):
        dupont.titulaire.prenom = attaque[:100]
        dupont.titulaire.save()
        fil = Fil.ecrire_au_centre(dupont.titulaire, attaque, attaque)
        agent.prenom = attaque[:100]
        agent.save()
        fil.repondre(attaque, par=agent)
        InformationFactory(titre=attaque, texte=attaque)
        DocumentFactory(titre=attaque, nom=f"{attaque}.pdf"[:100])
        client.force_login(dupont.compte)
        for adresse in ("/messages/", "/messages/envoyes/", f"/messages/{fil.pk}/", "/infos/", "/infos/formulaires/"):
            assert dangers(client.get(adresse).content.decode()) == []
        client.force_login(directrice)
        for adresse in ("/admin/messagerie/fil/?suivi=toutes", f"/admin/messagerie/fil/{fil.pk}/change/"):
            assert dangers(client.get(adresse).content.decode()) == []


@pytest.mark.django_db
class TestInfos:
    @pytest.fixture
    def jean(self, client, dupont, time_machine):
        time_machine.move_to(AVRIL, tick=False)
        client.force_login(dupont.compte)
        return client

    def titres(self, client, adresse: str) -> list[str]:
        return [info.titre for info in client.get(adresse).context["infos"]]

    def test_l_epinglee_d_abord_puis_la_plus_recente(self, jean):
        InformationFactory(titre="ancienne", publiee_le=date(2015, 3, 1))
        InformationFactory(titre="recente", publiee_le=date(2015, 4, 1))
        InformationFactory(titre="epinglee", publiee_le=date(2015, 1, 1), epinglee=True)
        assert self.titres(jean, "/infos/") == ["epinglee", "recente", "ancienne"]

    def test_le_dernier_jour_compte_et_le_lendemain_archive(self, jean):
        InformationFactory(titre="dernier jour", jusqu_au=AVRIL, publiee_le=date(2015, 4, 1))
        InformationFactory(titre="passee", jusqu_au=date(2015, 4, 7), publiee_le=date(2015, 4, 1))
        InformationFactory(titre="a venir", publiee_le=date(2015, 4, 9))
        assert self.titres(jean, "/infos/") == ["dernier jour"]
        assert self.titres(jean, "/infos/archives/") == ["passee"]

    def test_une_information_pour_une_structure_ne_s_adresse_qu_a_ses_familles(self, jean, dupont, martin, agent):
        alsh, garderie = (Structure.objects.create(nom=nom) for nom in ("Accueil de Loisirs", "Garderie"))
        prestation = Prestation.objects.create(structure=alsh, nom="Mercredi", heure_debut="08:00", heure_fin="18:00")
        Inscription.objects.inscrire(dupont.enfants[0], prestation, dupont.famille, du=date(2014, 9, 1), par=agent)
        InformationFactory(titre="pour tous")
        InformationFactory(titre="alsh et garderie").structures.set([alsh, garderie])
        InformationFactory(titre="garderie").structures.set([garderie])
        assert self.titres(jean, "/infos/") == ["alsh et garderie", "pour tous"]
        jean.force_login(martin.compte)
        assert self.titres(jean, "/infos/") == ["pour tous"]

    def test_rien_a_dire(self, jean):
        assert "Aucune information" in jean.get("/infos/").content.decode()

    def test_la_base_refuse_une_fin_avant_le_debut(self):
        with pytest.raises(IntegrityError), transaction.atomic():
            Information.objects.create(titre="x", texte="y", publiee_le=AVRIL, jusqu_au=date(2015, 4, 7))

    def test_les_documents_par_categorie_avec_type_et_taille(self, jean, django_assert_max_num_queries):
        for n in range(30):
            DocumentFactory(titre=f"Menu {n}")
        DocumentFactory(titre="Règlement", categorie=Document.Categorie.REGLEMENTS)
        jean.get("/")
        with django_assert_max_num_queries(8):
            reponse = jean.get("/infos/formulaires/")
        assert [nom for nom, _ in reponse.context["categories"]] == ["Menus", "Règlements"]
        assert "PDF, 340\u00a0Ko" in reponse.content.decode()

    def test_un_document_se_telecharge_par_morceaux_et_se_garde_une_heure(self, jean):
        document = DocumentFactory.build()
        document.recevoir(examiner(SimpleUploadedFile("menus.pdf", PDF)))
        document.save()
        reponse = jean.get(document.get_absolute_url(), headers={"range": "bytes=0-3"})
        assert (reponse.status_code, reponse.content) == (206, b"%PDF")
        assert reponse["Cache-Control"] == "private, max-age=3600"

    def test_un_document_a_paraitre_n_existe_pas_encore(self, jean):
        assert jean.get(DocumentFactory(publiee_le=date(2015, 4, 9)).get_absolute_url()).status_code == 404

    def test_un_document_ne_s_ouvre_pas_sans_session(self, client):
        assert client.get(DocumentFactory().get_absolute_url()).url.startswith("/connexion/")
