"""« Vérifiez et certifiez votre dossier »: read whole, corrected where the requests are, certified once."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from demandes.models import Demande
from famille.models import Certification, DateDeCertification, Rattachement
from planning.models import Inscription
from tests import fabriques
from tests.demandes.outils import accepter_telle_quelle, changer_de_mobile, deposer
from tests.planning.conftest import alsh, calendrier_2015, jeudi_2_avril, mercredi
from tests.planning.places.outils import MERCREDI, RENTREE

__all__ = ["alsh", "calendrier_2015", "jeudi_2_avril", "mercredi"]
pytestmark = pytest.mark.usefixtures("jeudi_2_avril")
ADRESSE = "/mon-compte/certification/"
BOUTON = "Je certifie que ces renseignements sont exacts"
ALERTE = "Vérifiez et certifiez votre dossier"


@pytest.fixture
def parent(client, dupont, jeudi_2_avril) -> Client:
    client.force_login(dupont.compte)
    return client


@pytest.fixture
def demandee(directrice) -> DateDeCertification:
    return DateDeCertification.objects.redemander(date(2015, 4, 1), par=directrice)


@pytest.fixture
def lea(dupont, mercredi, agent) -> Inscription:
    return Inscription.objects.inscrire(dupont.enfants[0], mercredi, dupont.famille, du=RENTREE, par=agent)


def lire(client: Client, adresse: str = ADRESSE) -> str:
    reponse = client.get(adresse)
    assert reponse.status_code == 200
    return reponse.content.decode()


def certifier(client: Client, **champs: str):
    lu = client.get(ADRESSE).context["empreinte"]
    return client.post(ADRESSE, {"lu": lu} | champs)


def test_toute_la_fiche_se_lit_et_chaque_partie_se_corrige(parent, dupont, demandee):
    html = lire(parent)
    for dit in ("DUPONT", "12 RUE DES BONBONS", "Jeanne", "Léa", "Arachide", "Dr PETIT", "BERNARD", "Valable jusqu’au"):
        assert dit in html
    lea = dupont.enfants[0].pk
    for code in ("identite", "personnes-autorisees", "sanitaires", "vaccins", "assurance", "autorisations"):
        assert reverse("demandes:nouvelle_enfant", args=[lea, code]) in html
    assert reverse("demandes:nouvelle", args=["responsable"]) in html
    # What it does not certify is not read for nothing.
    assert "IBAN" not in html
    assert "MARTIN" not in html


def test_une_correction_qui_attend_se_lit_a_sa_place(parent, dupont, demandee):
    demande = changer_de_mobile(dupont)
    html = lire(parent)
    assert html.count("Une correction attend la réponse du centre") == 1
    assert demande.get_absolute_url() in html


def test_certifier_garde_qui_quand_et_ce_qui_a_ete_lu_une_seule_fois(parent, dupont, demandee):
    lu = parent.get(ADRESSE).context["empreinte"]
    for _ in range(2):
        reponse = parent.post(ADRESSE, {"lu": lu, "csrfmiddlewaretoken": "celui de la page"})
        assert reponse.url == "/"
    [faite] = Certification.objects.all()
    assert (faite.famille, faite.par, faite.jour, faite.empreinte) == (
        dupont.famille,
        dupont.compte,
        date(2015, 4, 2),
        lu,
    )
    assert BOUTON not in lire(parent)


def test_ce_qui_a_change_pendant_la_lecture_se_relit_avant(parent, dupont, demandee):
    lu = parent.get(ADRESSE).context["empreinte"]
    dupont.enfants[0].tiers.update(telephone="06 99 99 99 99")
    reponse = parent.post(ADRESSE, {"lu": lu})
    assert reponse.status_code == 422
    assert "a changé pendant que vous le lisiez" in reponse.content.decode()
    assert not Certification.objects.exists()


def test_rien_n_est_a_certifier_si_le_centre_ne_le_demande_pas(parent):
    assert BOUTON not in lire(parent)
    assert ALERTE not in lire(parent, "/")
    assert certifier(parent).url == "/"
    assert not Certification.objects.exists()


def test_l_accueil_le_demande_jusqu_a_ce_que_ce_soit_fait_par_l_un_des_deux(parent, dupont, martin, demandee):
    dupont.conjoint.compte = fabriques.CompteFactory(identifiant="jeanne")
    dupont.conjoint.save()
    assert ALERTE in lire(parent, "/")
    jeanne, sophie = Client(), Client()
    jeanne.force_login(dupont.conjoint.compte)
    sophie.force_login(martin.compte)
    certifier(jeanne)
    assert ALERTE not in lire(parent, "/")
    assert ALERTE in lire(sophie, "/")


@pytest.mark.parametrize("suite", ["https://ailleurs.example/", "//ailleurs.example", "javascript:alert(1)", ""])
def test_on_ne_repart_pas_ailleurs_que_sur_le_portail(parent, demandee, suite):
    assert certifier(parent, suite=suite).url == "/"


def test_on_revient_ou_l_on_allait_et_ce_qui_etait_saisi_y_est(parent, lea, demandee):
    formulaire = reverse("demandes:nouvelle_enfant", args=[lea.enfant_id, "reservation"])
    adresse = f"{formulaire}?inscription={lea.pk}&jours=2015-04-08"
    html = lire(parent, adresse)
    assert "Avant de réserver" in html
    assert "suite=" in html
    # The page was opened before the date came: what is typed is kept.
    sceau = parent.get(adresse).context["sceau"]
    envoi = {"jours": [f"{lea.pk}:2015-04-08"], "avec-commentaire": "Merci beaucoup", "sceau": sceau}
    refus = parent.post(formulaire, envoi)
    assert refus.status_code == 422
    assert "certifiez d’abord votre dossier" in refus.content.decode()
    assert certifier(parent, suite=formulaire).url == formulaire
    assert "Merci beaucoup" in lire(parent, formulaire)
    parent.post(formulaire, envoi)
    assert Demande.objects.get().donnees["jours"] == [f"{lea.pk}:2015-04-08"]


def test_le_planning_dit_pourquoi_et_ou(parent, lea, demandee):
    mois = reverse("planning:mois", args=[lea.enfant_id, 2015, "04"])
    assert "Vérifier et certifier mon dossier" in lire(parent, mois)
    choix = reverse("planning:choix", args=[lea.enfant_id, 2015, "04", "reservation"])
    assert "Vérifier et certifier mon dossier" in lire(parent, choix)
    jour = reverse("planning:jour", args=[lea.enfant_id, 2015, "04", 8])
    assert "certifiez d’abord votre dossier" in lire(parent, jour)
    absences = reverse("planning:choix", args=[lea.enfant_id, 2015, "04", "absence"])
    assert "Vérifier et certifier" not in lire(parent, absences)


def test_une_demande_d_avant_la_date_ne_s_accepte_qu_une_fois_le_dossier_certifie(parent, dupont, lea, directrice):
    demande = deposer(dupont, "reservation", lea.enfant, jours=[f"{lea.pk}:{MERCREDI}"])
    DateDeCertification.objects.redemander(date(2015, 4, 1), par=directrice)
    with pytest.raises(Exception, match="n’a pas certifié son dossier"):
        accepter_telle_quelle(demande, par=directrice)
    certifier(parent)
    demande = Demande.objects.get()
    accepter_telle_quelle(demande, par=directrice)
    assert lea.reservations.get().etat == "reservee"


def test_les_requetes_ne_grandissent_pas_avec_les_enfants(parent, dupont, demandee):
    lire(parent)

    def compter() -> int:
        with CaptureQueriesContext(connection) as captees:
            lire(parent)
        return len(captees)

    avant = compter()
    for _ in range(3):
        enfant = fabriques.EnfantFactory(famille=dupont.famille)
        fabriques.VaccinationFactory(fiche=fabriques.FicheSanitaireFactory(enfant=enfant))
        fabriques.TiersFactory(enfant=enfant, nom="BERNARD", prenom="Odile")
    assert Rattachement.objects.filter(famille=dupont.famille).count() == 4
    assert compter() == avant <= 8
