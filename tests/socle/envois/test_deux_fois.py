"""The same form sent twice at once, in real threads: at the till, at the desk, by parents."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from courriels.models import Courriel
from demandes.models import Decision, Demande
from demandes.models import Piece as PieceDeDemande
from facturation.models import Avoir, PaiementEnLigne, Reglement
from facturation.papiers import taches
from famille.models import Famille, Responsable
from messagerie.models import Fil, Message
from messagerie.models import Piece as PieceDeMessage
from socle.admin.confirmation import CHAMP
from socle.models import FormulaireEnvoye
from socle.verrous import verrouiller
from tests.demandes.outils import PDF, changer_de_mobile, saisir
from tests.distribution import Foyer
from tests.facturation import fabriques
from tests.socle.formulaires import formulaire_de, navigateur

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sans_pdf(monkeypatch) -> None:
    monkeypatch.setattr(taches, "rendre", lambda factures: 0)


def deux_fois_a_la_fois(client: Client, adresse: str, champ: str, saisie: Callable[[], dict]) -> list[HttpResponse]:
    """The page is opened once, and its form sent by two threads that wait for one another."""
    page = client.get(adresse)
    assert page.status_code == 200
    formulaire, ensemble = formulaire_de(page.content.decode(), champ), Barrier(2)

    def envoyer() -> HttpResponse:
        onglet = Client(enforce_csrf_checks=True)
        onglet.cookies = client.cookies.copy()
        try:
            ensemble.wait(timeout=10)
            return onglet.post(adresse, {**formulaire.champs, **saisie()})
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as fils:
        envois = [fils.submit(envoyer) for _ in range(2)]
        return [envoi.result() for envoi in envois]


def menent_au_meme(reponses: list[HttpResponse]) -> bool:
    premiere, seconde = reponses
    dits = [{str(m) for m in reponse.wsgi_request._messages._queued_messages} for reponse in reponses]
    return premiere.status_code == seconde.status_code == 302 and premiere.url == seconde.url and dits[0] == dits[1]


def test_un_reglement_est_encaisse_une_fois(dupont, regisseur, sans_pdf):
    regie = fabriques.RegieFactory()
    fabriques.facture(regie, dupont.famille, "40.00", date(2015, 3, 1), date(2015, 3, 31))
    cheque = {"famille": dupont.famille.pk, "regie": regie.pk, "montant": "40,00", "mode": "cheque", "precision": "12"}
    reponses = deux_fois_a_la_fois(
        navigateur(regisseur),
        reverse("admin:facturation_reglement_add"),
        "montant",
        lambda: cheque,
    )
    assert menent_au_meme(reponses)
    assert Reglement.objects.count() == 1


def test_un_avoir_est_etabli_une_fois(dupont, regisseur, sans_pdf):
    facture = fabriques.facture(fabriques.RegieFactory(), dupont.famille, "40.00", date(2015, 3, 1), date(2015, 3, 31))
    reponses = deux_fois_a_la_fois(
        navigateur(regisseur),
        reverse("admin:facturation_facture_avoir", args=[facture.pk]),
        "motif",
        lambda: {"montant": "10,00", "motif": "Geste"},
    )
    assert menent_au_meme(reponses)
    assert Avoir.objects.count() == 1


def test_un_message_du_centre_part_une_fois(dupont, agent):
    reponses = deux_fois_a_la_fois(
        navigateur(agent),
        reverse("admin:messagerie_fil_add"),
        "sujet",
        lambda: {"famille": dupont.famille.pk, "sujet": "Sortie", "texte": "À 9 h."},
    )
    assert menent_au_meme(reponses)
    assert Fil.objects.count() == Message.objects.count() == 1


def test_une_famille_est_ouverte_une_fois(agent):
    reponses = deux_fois_a_la_fois(
        navigateur(agent),
        reverse("admin:famille_famille_add"),
        "responsables-0-nom",
        lambda: {"responsables-0-nom": "PETIT", "responsables-0-prenom": "Paul"},
    )
    assert menent_au_meme(reponses)
    assert Famille.objects.count() == 1


def test_un_message_d_un_parent_part_une_fois(dupont):
    reponses = deux_fois_a_la_fois(
        navigateur(dupont.compte),
        reverse("messagerie:nouveau"),
        "sujet",
        lambda: {"sujet": "Goûter", "texte": "Est-il fourni ?"},
    )
    assert menent_au_meme(reponses)
    assert Message.objects.count() == 1


def test_une_demande_et_sa_piece_sont_deposees_une_fois(dupont):
    avis = {"avec-commentaire": "Mon avis."}
    reponses = deux_fois_a_la_fois(
        navigateur(dupont.compte),
        reverse("demandes:nouvelle", args=["fiscales"]),
        "avec-pieces",
        lambda: {**saisir(dupont, "fiscales"), **avis, "avec-pieces": [SimpleUploadedFile("avis.pdf", PDF)]},
    )
    assert menent_au_meme(reponses)
    assert Demande.objects.count() == PieceDeDemande.objects.count() == 1
    assert Courriel.objects.count() == 1  # the acknowledgement


def test_un_paiement_en_ligne_commence_une_fois(dupont, sans_pdf):
    """The double click goes where the first one went: to the Treasury, not to « déjà en cours »."""
    facture = fabriques.facture(fabriques.RegieFactory(), dupont.famille, "40.00", date(2015, 3, 1), date(2015, 3, 31))
    reponses = deux_fois_a_la_fois(
        navigateur(dupont.compte),
        reverse("facturation:paiement", args=[facture.pk]),
        "courriel",
        lambda: {"courriel": "jean.dupont@wanadoo.fr"},
    )
    assert menent_au_meme(reponses)
    assert PaiementEnLigne.objects.get().refdet in reponses[1].url


def test_des_demandes_choisies_dans_une_liste_sont_refusees_une_fois(dupont, martin, agent):
    choisies = [changer_de_mobile(foyer).pk for foyer in (dupont, martin)]
    liste = reverse("admin:demandes_demande_changelist")
    choix = {"action": "refuser_la_selection", "_selected_action": choisies}
    guichet = Client()
    guichet.force_login(agent)
    refus = choix | {CHAMP: guichet.post(liste, choix).context["confirmation"].lu, "precision": "Déjà faite."}
    reponses = deux_fois_a_la_fois(navigateur(agent), liste, "action", lambda: refus)
    assert menent_au_meme(reponses)
    assert Decision.objects.count() == 2


def test_un_acte_qui_echoue_laisse_passer_le_second(dupont, monkeypatch):
    """The first breaks off after it took the token: what it had done is undone, the second acts."""
    ecrire, appels = Fil.ecrire_au_centre, []

    def ecrire_ou_tomber(*args: object, **options: object) -> Fil:
        fil = ecrire(*args, **options)
        appels.append(fil)
        if len(appels) == 1:
            raise RuntimeError("power cut")
        return fil

    monkeypatch.setattr(Fil, "ecrire_au_centre", ecrire_ou_tomber)
    client = navigateur(dupont.compte)
    client.raise_request_exception = False
    formulaire = formulaire_de(client.get(reverse("messagerie:nouveau")).content.decode(), "sujet")
    envoi = formulaire.champs | {"sujet": "Goûter", "texte": "Est-il fourni ?"}
    assert [client.post(reverse("messagerie:nouveau"), envoi).status_code for _ in range(2)] == [500, 302]
    assert Message.objects.count() == FormulaireEnvoye.objects.count() == 1


def test_deux_actes_qui_se_barrent_la_route_se_font_tous_les_deux(dupont, martin, monkeypatch):
    """Each locks its famille, then the other's: PostgreSQL undoes one of them, which begins again, its file too."""
    ensemble, ecrire, premiers = Barrier(2), Fil.ecrire_au_centre, set()

    def ecrire_en_verrouillant(auteur: Responsable, *reste: object, **options: object) -> Fil:
        verrouiller(Famille.objects, auteur.famille_id)
        if auteur.pk not in premiers:
            premiers.add(auteur.pk)
            ensemble.wait(timeout=10)
        autre = martin if auteur.famille_id == dupont.famille.pk else dupont
        verrouiller(Famille.objects, autre.famille.pk)
        return ecrire(auteur, *reste, **options)

    monkeypatch.setattr(Fil, "ecrire_au_centre", ecrire_en_verrouillant)

    def envoyer(foyer: Foyer) -> int:
        client, adresse = navigateur(foyer.compte), reverse("messagerie:nouveau")
        formulaire = formulaire_de(client.get(adresse).content.decode(), "sujet")
        envoi = {"sujet": "Goûter", "texte": "Fourni ?", "pieces": [SimpleUploadedFile("menu.pdf", PDF)]}
        try:
            return client.post(adresse, formulaire.champs | envoi).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as fils:
        assert list(fils.map(envoyer, [dupont, martin])) == [302, 302]
    assert Message.objects.count() == 2
    assert [piece.fichier.open().read() for piece in PieceDeMessage.objects.all()] == [PDF, PDF]
