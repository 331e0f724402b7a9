"""« Documents à fournir », for a parent: what is asked, where each stands, sending one, reading one's own again."""

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from famille.models import FichierDePiece, PieceDemandee, PieceFournie
from planning.models import Inscription
from tests import fabriques
from tests.demandes.outils import PDF, deposer
from tests.planning.conftest import alsh, calendrier_2015, jeudi_2_avril, mercredi
from tests.planning.places.outils import RENTREE

__all__ = ["alsh", "calendrier_2015", "jeudi_2_avril", "mercredi"]
pytestmark = pytest.mark.usefixtures("jeudi_2_avril")
ADRESSE = "/mon-compte/pieces/"


@pytest.fixture
def parent(client, dupont, jeudi_2_avril) -> Client:
    client.force_login(dupont.compte)
    return client


@pytest.fixture
def lea(dupont, mercredi, agent) -> Inscription:
    return Inscription.objects.inscrire(dupont.enfants[0], mercredi, dupont.famille, du=RENTREE, par=agent)


@pytest.fixture
def vaccins(lea) -> PieceDemandee:
    return PieceDemandee.objects.create(
        nom="Vaccins", consigne="Les pages du carnet.", du=RENTREE, bloquante=True, de_sante=True
    )


def lire(client: Client, adresse: str = ADRESSE) -> str:
    reponse = client.get(adresse)
    assert reponse.status_code == 200
    return reponse.content.decode()


def envoyer(client: Client, piece: PieceDemandee, lea: Inscription, *fichiers: SimpleUploadedFile):
    return client.post(reverse("piece_enfant", args=[piece.pk, lea.enfant_id]), {"pieces": fichiers})


def carnet(nom: str = "carnet.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(nom, PDF)


def test_un_document_s_envoie_et_se_relit(parent, dupont, martin, lea, vaccins):
    assert "Nécessaire pour réserver" in lire(parent)
    assert "Les pages du carnet." in lire(parent, reverse("piece_enfant", args=[vaccins.pk, lea.enfant_id]))
    assert envoyer(parent, vaccins, lea, carnet(), carnet("suite.pdf")).url == ADRESSE
    html = lire(parent)
    assert "Document reçu, à vérifier" in html
    assert "suite.pdf" in html
    fichier = FichierDePiece.objects.first()
    assert b"".join(parent.get(fichier.get_absolute_url()).streaming_content) == PDF
    voisine = Client()
    voisine.force_login(martin.compte)
    assert voisine.get(fichier.get_absolute_url()).status_code == 404
    assert voisine.get(reverse("piece_enfant", args=[vaccins.pk, lea.enfant_id])).status_code == 404
    # Nothing of it can be read in a dump.
    with connection.cursor() as curseur:
        curseur.execute("SELECT nom FROM famille_fichierdepiece")
        assert "carnet" not in str(curseur.fetchall())
    with default_storage.open(str(fichier.fichier)) as range_:
        assert PDF not in range_.read()


def test_un_envoi_refuse_dit_pourquoi_et_ne_garde_rien(parent, lea, vaccins, settings):
    assert envoyer(parent, vaccins, lea).status_code == 422
    fautif = envoyer(parent, vaccins, lea, SimpleUploadedFile("virus.exe", b"MZ\x90"))
    assert "n’est ni un PDF" in fautif.content.decode()
    settings.QUOTA_DEMANDES = 0
    assert "le maximum pour une journée" in envoyer(parent, vaccins, lea, carnet()).content.decode()
    assert not PieceFournie.objects.exists()


def test_un_refus_dit_son_motif_a_la_famille_qui_l_a_envoye(parent, dupont, agent, lea, vaccins):
    envoyer(parent, vaccins, lea, carnet())
    PieceFournie.objects.get().refuser("On ne lit pas la date.", par=agent)
    html = lire(parent)
    assert "Document refusé" in html
    assert "On ne lit pas la date." in html


def test_l_accueil_et_la_fiche_le_disent_jusqu_a_ce_qu_il_soit_recu(parent, lea, vaccins):
    fiche = reverse("famille:enfant", args=[lea.enfant_id])
    assert "1\u00a0document à fournir\u00a0: Vaccins." in lire(parent, "/")
    assert "À fournir" in lire(parent, fiche)
    assert f'href="{ADRESSE}"' in lire(parent, fiche)
    envoyer(parent, vaccins, lea, carnet())
    assert "document à fournir" not in lire(parent, "/")
    assert "Document reçu, à vérifier" in lire(parent, fiche)


def test_deux_enfants_du_meme_nom_ont_chacun_les_leurs(parent, dupont, agent, mercredi, lea, vaccins):
    autre = fabriques.EnfantFactory(famille=dupont.famille, nom=lea.enfant.nom, prenom=lea.enfant.prenom)
    Inscription.objects.inscrire(autre, mercredi, dupont.famille, du=RENTREE, par=agent)
    envoyer(parent, vaccins, lea, carnet())
    for enfant, dit in ((lea.enfant, "Document reçu, à vérifier"), (autre, "À fournir")):
        assert dit in lire(parent, reverse("famille:enfant", args=[enfant.pk]))


def test_le_planning_dit_ce_qui_manque_et_ou_l_envoyer(parent, lea, vaccins):
    mois = reverse("planning:mois", args=[lea.enfant_id, 2015, "04"])
    html = lire(parent, mois)
    assert "Il manque un document pour réserver" in html
    assert f"{ADRESSE}?suite=" in html
    envoyer(parent, vaccins, lea, carnet())
    assert "Il manque" not in lire(parent, mois)


def test_l_assurance_passe_par_la_fiche_de_l_enfant(parent, dupont, lea):
    PieceDemandee.objects.create(nom="Assurance", du=RENTREE, tenue_par="assurance")
    lea.enfant.assurance.delete()
    html = lire(parent)
    assert reverse("demandes:nouvelle_enfant", args=[lea.enfant_id, "assurance"]) in html
    deposer(dupont, "assurance", lea.enfant, compagnie="MAIF", numero_contrat="1", expire_le="2016-08-31")
    assert "Document reçu, à vérifier" in lire(parent)


def test_les_requetes_ne_grandissent_pas_et_rien_n_est_demande_ou_rien_ne_l_est(parent, dupont, agent, mercredi, lea):
    def compter(adresse: str) -> int:
        with CaptureQueriesContext(connection) as captees:
            lire(parent, adresse)
        return len(captees)

    fiche = reverse("famille:enfant", args=[lea.enfant_id])
    mois = reverse("planning:mois", args=[lea.enfant_id, 2015, "04"])
    pages = ("/", fiche, mois, "/enfants/")
    lire(parent, "/")
    sans = [compter(page) for page in pages]
    assert all(combien <= 8 for combien in sans)
    piece = PieceDemandee.objects.create(nom="Vaccins", du=RENTREE, bloquante=True)
    envoyer(parent, piece, lea, carnet())
    avec = [compter(page) for page in (*pages, ADRESSE)]
    # One question more where it is asked, and what was sent on the page of the child.
    assert [la - ici for la, ici in zip(avec, sans, strict=False)] == [1, 4, 1, 0]
    assert avec[-1] <= 8
    for _ in range(3):
        enfant = fabriques.EnfantFactory(famille=dupont.famille)
        Inscription.objects.inscrire(enfant, mercredi, dupont.famille, du=RENTREE, par=agent)
    assert compter(ADRESSE) == avec[-1]


def test_sans_rien_a_fournir_la_page_le_dit(parent):
    assert "Aucun document à fournir" in lire(parent)
