"""A quotient changes what is billed, and what was: the days and the euros are said before it is saved, and are those of
the next campaign."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from demandes.models import Decision, Demande
from facturation.models import CampagneDeFacturation, Ligne
from famille.models import Famille, QuotientFamilial
from tests.demandes.outils import deposer
from tests.distribution import Foyer
from tests.fabriques import CompteFactory
from tests.facturation.admin.pages import connecter
from tests.facturation.ville import (
    LE,
    NOVEMBRE,
    Ville,
    batir,
    emettre,
    foyer,
    inscrire,
    reserver,
)
from tests.famille.admin.test_dossier import formulaires_vides, gestion, responsable
from tests.planning.admin.outils import confirmer, question

LE_2_NOVEMBRE = time_machine.travel(LE, tick=False)
LE_2_DECEMBRE = time_machine.travel("2026-12-02 09:00+01:00", tick=False)
DEUX_JOURS_FACTURES = (
    "2 jours déjà facturés changent de prix, du 05/10/2026 au 06/10/2026 : 1 famille, 1 enfant. "
    "Régularisation par la prochaine campagne : 3,00 € de plus."
)
DEUX_JOURS_A_VENIR = (
    "2 jours changent de prix, du 16/11/2026 au 17/11/2026 : 1 famille, 1 enfant. "
    "Sur ses prochaines factures : 3,00 € de plus."
)
COMPTE = "Compté jusqu’au 31/08/2027."


@pytest.fixture
def ville(db) -> Ville:
    """Zoé, like Tom next door, ate three times in October, which is billed at 3,60 €, and eats twice in November."""
    ville = batir()
    for prenom in ("Zoé", "Tom"):
        inscription = inscrire(*foyer(prenom), ville.cantine)
        reserver(inscription, [1, 5, 6])
        reserver(inscription, [16, 17], mois=11, presence="")
    with LE_2_NOVEMBRE:
        emettre(ville.campagne())
    return ville


@pytest.fixture
def famille(ville) -> Famille:
    return Famille.objects.get(enfants__prenom="Zoé")


@pytest.fixture
def accueil(agent) -> Client:
    return connecter(agent)


def ajouter(client, famille: Famille, valeur: int, le: str):
    saisie = {"famille": famille.pk, "valeur": valeur, "date_effet": le}
    return client.post(reverse("admin:famille_quotientfamilial_add"), saisie)


class TestDeSaPage:
    @LE_2_NOVEMBRE
    def test_un_quotient_du_passe_dit_les_jours_factures_et_ceux_a_venir(self, accueil, famille):
        page = ajouter(accueil, famille, 900, "05/10/2026")

        assert question(page) == [DEUX_JOURS_FACTURES, DEUX_JOURS_A_VENIR, COMPTE]
        assert famille.quotients.count() == 1
        confirmer(accueil, page)
        assert famille.qf_au(date(2026, 10, 5)) == 900

    @LE_2_NOVEMBRE
    def test_change_il_le_dit_aussi(self, accueil, famille):
        quotient = famille.quotients.get()
        adresse = reverse("admin:famille_quotientfamilial_change", args=[quotient.pk])

        page = accueil.post(adresse, {"valeur": 900, "date_effet": "01/09/2026"})

        assert question(page)[0] == (
            "3 jours déjà facturés changent de prix, du 01/10/2026 au 06/10/2026 : 1 famille, 1 enfant. "
            "Régularisation par la prochaine campagne : 4,50 € de plus."
        )

    @LE_2_NOVEMBRE
    def test_supprime_aussi(self, directrice, famille):
        QuotientFamilial.objects.create(famille=famille, valeur=900, date_effet=date(2026, 11, 17))
        adresse = reverse("admin:famille_quotientfamilial_delete", args=[famille.quotients.first().pk])

        assert connecter(directrice).get(adresse).context["touche"] == [
            "1\u00a0jour change de prix, le 17/11/2026\u00a0: 1 famille, 1\u00a0enfant. "
            "Sur ses prochaines factures\u00a0: 1,50\u00a0€ de moins.",
            COMPTE,
        ]

    @LE_2_NOVEMBRE
    def test_de_la_meme_tranche_il_ne_demande_rien(self, accueil, famille):
        assert ajouter(accueil, famille, 700, "05/10/2026").status_code == 302

    @LE_2_NOVEMBRE
    def test_d_apres_tous_ses_jours_il_ne_demande_rien(self, accueil, famille):
        assert ajouter(accueil, famille, 900, "18/11/2026").status_code == 302


@LE_2_NOVEMBRE
def test_de_la_page_de_la_famille_il_le_dit_de_meme(accueil, famille):
    page = accueil.post(reverse("admin:famille_famille_change", args=[famille.pk]), dossier(famille, 900, "05/10/2026"))

    assert question(page) == [DEUX_JOURS_FACTURES, DEUX_JOURS_A_VENIR, COMPTE]
    confirmer(accueil, page)
    assert famille.qf_au(date(2026, 10, 5)) == 900


@LE_2_NOVEMBRE
def test_la_page_de_la_famille_dont_aucun_quotient_ne_change_ne_demande_rien(accueil, famille):
    assert accueil.post(reverse("admin:famille_famille_change", args=[famille.pk]), dossier(famille)).status_code == 302


class TestDUneDemande:
    @LE_2_NOVEMBRE
    def test_l_accepter_dit_d_abord_ce_qu_elle_change(self, accueil, famille):
        demande = deposer_un_quotient(famille, quotient="900", date_effet="2026-10-05")
        adresse = reverse("admin:demandes_demande_acceptation", args=[demande.pk])
        vu = demande.contenu().empreinte(demande.valeurs)

        page = accueil.post(adresse, {"vu": vu})

        assert question(page) == [DEUX_JOURS_FACTURES, DEUX_JOURS_A_VENIR, COMPTE]
        assert not Decision.objects.exists()
        confirmer(accueil, page)
        assert famille.qf_au(date(2026, 10, 5)) == 900

    @LE_2_NOVEMBRE
    def test_un_quotient_nul_se_compte_comme_un_autre(self, accueil, famille):
        famille.quotients.update(valeur=900)
        demande = deposer_un_quotient(famille, quotient="0", date_effet="2026-11-16")
        assert len(demande.contenu().a_confirmer(demande, ())) == 2

    @LE_2_NOVEMBRE
    def test_sans_quotient_elle_ne_demande_rien(self, famille):
        demande = deposer_un_quotient(famille, numero_allocataire="7654321")
        assert demande.contenu().a_confirmer(demande, ()) == []


def test_ce_qui_est_dit_est_ce_que_la_campagne_suivante_facture(accueil, famille, ville):
    with LE_2_NOVEMBRE:
        confirmer(accueil, ajouter(accueil, famille, 900, "05/10/2026"))
    with LE_2_DECEMBRE:
        novembre = emettre(ville.campagne(NOVEMBRE))
    siennes = Ligne.objects.filter(facture__campagne=novembre, facture__famille=famille)
    assert sum(ligne.montant for ligne in siennes if ligne.est_regularisation) == Decimal("3.00")
    assert sum(ligne.montant for ligne in siennes if not ligne.est_regularisation) == Decimal("10.20")


def test_ce_qui_n_est_plus_relu_est_dit_aussi(agent, famille, ville):
    """The campaign of October is read again for two hundred days."""
    juillet = (date(2026, 11, 1), date(2027, 6, 30))
    with time_machine.travel("2027-07-02 09:00+02:00", tick=False):
        emettre(CampagneDeFacturation.objects.create(regie=ville.regie, du=juillet[0], au=juillet[1]))
        page = ajouter(connecter(agent), famille, 900, "05/10/2026")
    assert question(page) == [
        "2 jours déjà facturés changent de prix, du 16/11/2026 au 17/11/2026 : 1 famille, 1 enfant. "
        "Régularisation par la prochaine campagne : 3,00 € de plus.",
        "Ce qui a été facturé avant le 01/11/2026 ne change pas : ces mois ne sont plus relus.",
        "Compté jusqu’au 31/08/2028.",
    ]


def deposer_un_quotient(famille: Famille, **champs: object) -> Demande:
    return deposer(Foyer(famille, famille.titulaire, CompteFactory()), "caf", **champs)


def dossier(famille: Famille, valeur: int | None = None, le: str = "") -> dict[str, object]:
    """The page of the famille as the browser sends it back, with one more quotient."""
    rattachement, quotient = famille.rattachements.get(), famille.quotients.get()
    champs = {
        **formulaires_vides(),
        **gestion("responsables", 1, initiaux=1),
        **responsable(0, famille.titulaire),
        "responsables-0-ville": famille.titulaire.ville,
        **gestion("rattachements", 1, initiaux=1),
        "rattachements-0-id": rattachement.pk,
        "rattachements-0-famille": famille.pk,
        "rattachements-0-enfant": rattachement.enfant_id,
        **gestion("quotients", 1 if valeur is None else 2, initiaux=1),
        "quotients-0-id": quotient.pk,
        "quotients-0-famille": famille.pk,
        "quotients-0-valeur": quotient.valeur,
        "quotients-0-date_effet": "01/09/2026",
    }
    if valeur is not None:
        champs |= {"quotients-1-famille": famille.pk, "quotients-1-valeur": valeur, "quotients-1-date_effet": le}
    return champs
