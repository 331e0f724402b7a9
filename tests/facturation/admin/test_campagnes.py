"""A campaign from its page: preview, issue, progress, and the files for the printer."""

import io
import re
from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from pypdf import PdfReader

from facturation.campagne.emission import Emission
from facturation.campagne.taches import calculer_apercu, demander_apercu
from facturation.models import ApercuDeCampagne, Cahier, CampagneDeFacturation, Facture, PartDApercu
from facturation.papiers.cahier import relier
from facturation.papiers.rendu import rendre
from famille.models import Famille
from francais import date_courte
from planning.models import Inscription
from planning.regles.etats import Presence
from tests.fabriques import CompteFactory
from tests.facturation.admin.pages import adresse, connecter
from tests.facturation.ville import OCTOBRE, batir, foyer, inscrire, reserver

LE_2_NOVEMBRE = time_machine.travel("2026-11-02 09:00+01:00", tick=False)


@LE_2_NOVEMBRE
def test_une_campagne_se_prepare_s_emet_et_s_imprime(bureau, django_capture_on_commit_callbacks):
    ville = batir()
    for prenom in ("Zoé", "Ali"):
        famille, enfant = foyer(prenom)
        reserver(inscrire(famille, enfant, ville.cantine), [1, 2])
    du, au = OCTOBRE
    with django_capture_on_commit_callbacks(execute=True):
        reponse = bureau.post(
            adresse("campagnedefacturation", "add"),
            {"regie": ville.regie.pk, "du": date_courte(du), "au": date_courte(au)},
        )
    campagne = CampagneDeFacturation.objects.get()
    apercu = adresse("campagnedefacturation", "apercu", campagne.pk)
    assert reponse.url == apercu
    page = bureau.get(apercu).text
    assert "2\u00a0factures" in page
    assert "14,40\u00a0€" in page
    assert not Facture.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        emettre_apres_lecture(bureau, campagne)
    assert Facture.objects.count() == 2
    cahier = Cahier.objects.get()
    lien = adresse("campagnedefacturation", "cahier", campagne.pk, cahier.pk)
    page = bureau.get(apercu)
    assert "Campagne émise le 02/11/2026" in page.text
    assert f'<a href="{lien}">Factures AL-1 à AL-2 en un PDF</a> (2\u00a0factures' in page.text
    assert "Refresh" not in page
    pages = PdfReader(io.BytesIO(b"".join(bureau.get(lien).streaming_content))).pages
    assert ["Facture AL-1" in pages[0].extract_text(), "Facture AL-2" in pages[1].extract_text()] == [True, True]


def emettre_apres_lecture(bureau, campagne: CampagneDeFacturation):
    """Through the question, as an agent does."""
    chemin = adresse("campagnedefacturation", "emission", campagne.pk)
    return bureau.post(chemin, {"confirme": bureau.get(chemin).context["confirmation"].lu})


@pytest.fixture
def deux_foyers(file_arretee) -> CampagneDeFacturation:
    """Two familles, two meals each, and the preview of the month."""
    ville = batir()
    for prenom in ("Zoé", "Ali"):
        reserver(inscrire(*foyer(prenom), ville.cantine), [1, 2])
    campagne = ville.campagne()
    demander_apercu(campagne, au=date(2026, 11, 2))
    calculer_apercu.call(campagne.apercu.pk)
    return campagne


@LE_2_NOVEMBRE
def test_l_emission_se_confirme_en_chiffres(bureau, deux_foyers):
    chemin = adresse("campagnedefacturation", "emission", deux_foyers.pk)
    question = bureau.get(chemin).text
    assert "du 01/10/2026 au 31/10/2026\u00a0: 2\u00a0factures, 14,40\u00a0€" in question
    # Sent from anywhere else than the question, it asks.
    for envoi in ({}, {"confirme": ""}, {"confirme": "oui"}):
        assert "2\u00a0factures, 14,40\u00a0€" in bureau.post(chemin, envoi).text
    deux_foyers.refresh_from_db()
    assert deux_foyers.est_en_preparation
    assert emettre_apres_lecture(bureau, deux_foyers).status_code == 302
    deux_foyers.refresh_from_db()
    assert deux_foyers.est_en_cours


@LE_2_NOVEMBRE
def test_la_question_d_un_autre_onglet_ne_lance_pas_l_emission_une_seconde_fois(bureau, deux_foyers):
    chemin = adresse("campagnedefacturation", "emission", deux_foyers.pk)
    lu = bureau.get(chemin).context["confirmation"].lu
    emettre_apres_lecture(bureau, deux_foyers)

    page = bureau.post(chemin, {"confirme": lu}, follow=True)

    assert "Cette campagne est déjà émise, ou en train de l’être." in page.text
    assert LogEntry.objects.filter(change_message="Émission demandée.").count() == 1


@LE_2_NOVEMBRE
def test_une_question_repondue_apres_un_autre_apercu_se_repose(bureau, deux_foyers):
    chemin = adresse("campagnedefacturation", "emission", deux_foyers.pk)
    lu = bureau.get(chemin).context["confirmation"].lu
    reserver(Inscription.objects.get(enfant__prenom="Ali"), [5])
    demander_apercu(deux_foyers, au=date(2026, 11, 2))
    calculer_apercu.call(ApercuDeCampagne.objects.get().pk)
    assert "18,00\u00a0€" in bureau.post(chemin, {"confirme": lu}).text
    deux_foyers.refresh_from_db()
    assert deux_foyers.est_en_preparation


@LE_2_NOVEMBRE
def test_l_apercu_montre_chaque_famille_la_plus_chere_d_abord(bureau, deux_foyers, monkeypatch):
    reserver(Inscription.objects.get(enfant__prenom="Ali"), [5])
    demander_apercu(deux_foyers, au=date(2026, 11, 2))
    calculer_apercu.call(ApercuDeCampagne.objects.get().pk)
    chemin = adresse("campagnedefacturation", "apercu", deux_foyers.pk)
    ali, zoe = (Famille.objects.get(enfants__prenom=prenom) for prenom in ("Ali", "Zoé"))

    def lues(**criteres: str) -> list[tuple[str, str]]:
        page = bureau.get(chemin, criteres)
        return re.findall(r'<a href="/admin/guichet/famille/(\d+)/">[^<]*</a></th><td>([^<]*)</td>', page.text)

    assert lues() == [(str(ali.pk), "10,80\u00a0€"), (str(zoe.pk), "7,20\u00a0€")]
    assert sum(PartDApercu.objects.values_list("montant", flat=True)) == Decimal("18.00")
    monkeypatch.setattr("facturation.admin.page_de_campagne.FAMILLES_PAR_PAGE", 1)
    assert lues(page="2") == [(str(zoe.pk), "7,20\u00a0€")]
    assert lues(famille=zoe.numero) == [(str(zoe.pk), "7,20\u00a0€")]
    assert lues(famille="personne") == []


@LE_2_NOVEMBRE
def test_chaque_anomalie_mene_a_la_page_qui_la_corrige(bureau, file_arretee):
    ville = batir()
    famille, enfant = foyer(qf=None)
    cantine = inscrire(famille, enfant, ville.cantine)
    reserver(cantine, [1], presence=Presence.NON_POINTEE)
    ville.garderie.tarifs.all().delete()
    reserver(inscrire(famille, enfant, ville.garderie), [5])
    campagne = ville.campagne()
    demander_apercu(campagne, au=date(2026, 11, 2))
    calculer_apercu.call(campagne.apercu.pk)
    page = bureau.get(adresse("campagnedefacturation", "apercu", campagne.pk)).text
    for lien in (
        f"/admin/famille/quotientfamilial/add/?famille={famille.pk}",
        f"/admin/facturation/tarif/add/?prestation={ville.garderie.pk}",
        f"/admin/planning/prestation/{ville.cantine.pk}/appel/2026/10/1/",
    ):
        assert f'<li><a href="{lien}">' in page
        assert bureau.get(lien).status_code == 200


@pytest.fixture
def file_arretee(settings) -> None:
    """Nobody works: what is asked of the queue waits."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


@LE_2_NOVEMBRE
def test_tant_que_l_apercu_se_calcule_la_page_revient_et_rien_ne_s_emet(bureau, file_arretee):
    ville = batir()
    campagne = ville.campagne()
    chemin = adresse("campagnedefacturation", "apercu", campagne.pk)
    assert "Calculer l’aperçu" in bureau.get(chemin).text
    bureau.post(adresse("campagnedefacturation", "calcul", campagne.pk))
    campagne.apercu.avancer(500, 2000)
    page = bureau.get(chemin)
    assert page["Refresh"] == "2"
    assert "500\u00a0familles sur 2000" in page.text
    assert "Émettre" not in page.text
    calculer_apercu.call(campagne.apercu.pk)
    page = bureau.get(chemin)
    assert "Refresh" not in page
    assert "Calculé le 02/11/2026 à 9\u00a0h" in page.text


@LE_2_NOVEMBRE
def test_un_apercu_redemande_oublie_celui_d_avant(bureau, file_arretee):
    campagne = batir().campagne()
    demander_apercu(campagne, au=date(2026, 11, 1))
    ancien = campagne.apercu
    bureau.post(adresse("campagnedefacturation", "calcul", campagne.pk))
    calculer_apercu.call(ancien.pk)
    ancien.conclure({})
    assert not ApercuDeCampagne.objects.get().est_pret


@LE_2_NOVEMBRE
def test_une_campagne_ne_s_emet_pas_d_un_simple_clic_ni_sans_droit(bureau, agent):
    ville = batir()
    famille, enfant = foyer()
    reserver(inscrire(famille, enfant, ville.cantine), [1])
    chemin = adresse("campagnedefacturation", "emission", ville.campagne().pk)
    bureau.get(chemin)
    assert connecter(agent).post(chemin).status_code == 403
    assert not Facture.objects.exists()


@LE_2_NOVEMBRE
def test_tant_que_les_pdf_manquent_l_imprimeur_attend(
    bureau, file_arretee, settings, django_capture_on_commit_callbacks
):
    ville = batir()
    famille, enfant = foyer()
    reserver(inscrire(famille, enfant, ville.cantine), [1])
    campagne = Emission(ville.campagne(), le=date(2026, 11, 2), par=None).emettre()
    chemin = adresse("campagnedefacturation", "apercu", campagne.pk)
    page = bureau.get(chemin)
    assert page["Refresh"] == "2"
    assert "PDF prêts\u00a0: 0 sur 1" in page.text
    assert "Pour l’imprimeur" not in page.text
    # The worker that had them died; another one comes.
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    with django_capture_on_commit_callbacks(execute=True):
        bureau.post(adresse("campagnedefacturation", "impression", campagne.pk))
    assert "PDF prêts\u00a0: 0 sur 1" in bureau.get(chemin).text, "somebody may still be at it"
    with time_machine.travel("2026-11-02 09:20+01:00", tick=False):
        assert "Relancer la préparation des PDF" in bureau.get(chemin).text
        bureau.get(adresse("campagnedefacturation", "impression", campagne.pk))
        assert "PDF prêts\u00a0: 0 sur 1" in bureau.get(chemin).text
        with django_capture_on_commit_callbacks(execute=True):
            bureau.post(adresse("campagnedefacturation", "impression", campagne.pk))
        page = bureau.get(chemin)
    assert "Refresh" not in page
    assert "Factures AL-1 en un PDF" in page.text


@LE_2_NOVEMBRE
def test_on_n_emet_qu_un_apercu_du_jour(bureau, file_arretee):
    """One of the middle of the month does not know the last rolls; an issue that is asked for shows at once."""
    ville = batir()
    famille, enfant = foyer()
    reserver(inscrire(famille, enfant, ville.cantine), [1])
    campagne = ville.campagne()
    chemin, emission = (adresse("campagnedefacturation", page, campagne.pk) for page in ("apercu", "emission"))
    demander_apercu(campagne, au=date(2026, 10, 20))
    calculer_apercu.call(campagne.apercu.pk)
    page = bureau.get(chemin).text
    assert "recalculez-le avant d’émettre" in page
    assert "Émettre 1" not in page
    bureau.post(emission)
    campagne.refresh_from_db()
    assert campagne.est_en_preparation
    demander_apercu(campagne, au=date(2026, 11, 2))
    calculer_apercu.call(ApercuDeCampagne.objects.get().pk)
    assert "Émettre 1\u00a0facture" in bureau.get(chemin).text
    emettre_apres_lecture(bureau, campagne)
    page = bureau.get(chemin)
    assert "Émission en cours" in page.text
    assert page["Refresh"] == "2"
    assert "Reprendre l’émission" in page.text


@LE_2_NOVEMBRE
def test_un_apercu_perdu_se_dit(bureau, file_arretee):
    campagne = batir().campagne()
    demander_apercu(campagne, au=date(2026, 11, 2))
    with time_machine.travel("2026-11-02 09:20+01:00", tick=False):
        page = bureau.get(adresse("campagnedefacturation", "apercu", campagne.pk))
    assert "L’aperçu demandé n’est pas arrivé" in page.text
    assert "Refresh" not in page


@pytest.fixture
def agent_de_campagne(db):
    """May see campaigns, not invoices."""
    compte = CompteFactory(is_staff=True)
    compte.user_permissions.add(Permission.objects.get(codename="view_campagnedefacturation"))
    return compte


@LE_2_NOVEMBRE
def test_sans_le_droit_de_lire_les_factures_pas_de_cahier(bureau, agent_de_campagne):
    ville = batir()
    famille, enfant = foyer()
    reserver(inscrire(famille, enfant, ville.cantine), [1])
    campagne = Emission(ville.campagne(), le=date(2026, 11, 2), par=None).emettre()
    rendre([facture.pk for facture in campagne.factures.all()])
    relier(campagne)
    chemin = adresse("campagnedefacturation", "cahier", campagne.pk, campagne.cahiers.get().pk)
    assert connecter(agent_de_campagne).get(chemin).status_code == 403
