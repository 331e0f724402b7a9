"""A price, a régie, an address: what the next invoices become is said before it is saved."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from facturation.models import StructureEnRegie, Tarif
from famille.models import Responsable
from tests.facturation.admin.pages import adresse
from tests.facturation.admin.test_tarifs import saisie
from tests.facturation.fabriques import tarif
from tests.facturation.ville import LE, Ville, batir, emettre, foyer, inscrire, reserver
from tests.planning.admin.outils import confirmer, question

LE_2_NOVEMBRE = time_machine.travel(LE, tick=False)


@pytest.fixture
def ville(db) -> Ville:
    """Zoé eats twice in October, which is billed, and twice in December, at 3,60 €."""
    ville = batir()
    famille, enfant = foyer("Zoé")
    inscription = inscrire(famille, enfant, ville.cantine)
    reserver(inscription, [1, 2])
    reserver(inscription, [7, 8], mois=12, presence="")
    with LE_2_NOVEMBRE:
        emettre(ville.campagne())
    return ville


@LE_2_NOVEMBRE
def test_un_tarif_qui_suit_dit_les_jours_et_les_euros_qu_il_touche(bureau, ville):
    Tarif.objects.filter(prestation=ville.cantine).update(au=date(2026, 12, 7))

    page = bureau.post(adresse("tarif", "add"), saisie(ville.cantine.pk, "08/12/2026"))

    assert question(page) == [
        "1 jour change de prix, le 08/12/2026 : 1 famille, 1 enfant.",
        "Compté jusqu’au 31/08/2027.",
    ]
    confirmer(bureau, page)
    assert ville.cantine.tarifs.count() == 2


@LE_2_NOVEMBRE
def test_un_prix_change_ne_touche_que_ce_qui_n_est_pas_facture(bureau, ville):
    Tarif.objects.filter(prestation=ville.cantine).delete()
    futur = tarif(ville.cantine, (None, "5.00", "9.00"), du=date(2026, 12, 1), unite="repas")

    page = bureau.post(
        adresse("tarif", "change", futur.pk), saisie(ville.cantine.pk, "01/12/2026", "", "", tarif=futur)
    )

    assert question(page) == [
        "2 jours changent de prix, du 07/12/2026 au 08/12/2026 : 1 famille, 1 enfant.",
        "Ces jours valent 10,00 €, ils vaudront 7,20 € : 2,80 € de moins pour la famille.",
        "Compté jusqu’au 31/08/2027.",
    ]


@LE_2_NOVEMBRE
def test_un_tarif_termine_dit_les_jours_que_personne_ne_facturera(bureau, ville):
    Tarif.objects.filter(prestation=ville.cantine).delete()
    actuel = tarif(ville.cantine, (None, "5.00", "9.00"), du=date(2026, 12, 1), unite="repas")

    page = bureau.post(
        adresse("tarif", "change", actuel.pk),
        saisie(ville.cantine.pk, "01/12/2026", "", "", tarif=actuel) | {"au": "07/12/2026", "tranches-0-resident": "5"},
    )

    assert question(page)[-3:] == [
        "1 jour n’a plus de prix, le 08/12/2026 : 1 famille, 1 enfant.",
        "Un jour sans prix n’est pas facturé : 5,00 € de moins.",
        "Compté jusqu’au 31/08/2027.",
    ]


@LE_2_NOVEMBRE
def test_une_structure_qui_quitte_une_regie_dit_ce_qu_elle_ne_facturera_plus(client, directrice, ville):
    client.force_login(directrice)
    lien = StructureEnRegie.objects.get()
    structure = lien.structure
    donnees = {
        **{champ: getattr(ville.regie, champ) for champ in ("nom", "siret", "numcli", "ordre_cheque")},
        "delai_paiement_jours": 30,
        "moyens_de_paiement": "x",
        "contestation": "x",
        "structureenregie_set-TOTAL_FORMS": 1,
        "structureenregie_set-INITIAL_FORMS": 1,
        "structureenregie_set-0-id": lien.pk,
        "structureenregie_set-0-regie": ville.regie.pk,
        "structureenregie_set-0-structure": structure.pk,
        "structureenregie_set-0-DELETE": "on",
        "compteurs-TOTAL_FORMS": 0,
        "compteurs-INITIAL_FORMS": 0,
    }

    page = client.post(reverse("admin:facturation_regie_change", args=[ville.regie.pk]), donnees)

    assert question(page)[0] == "2 jours changent de régie, du 07/12/2026 au 08/12/2026 : 1 famille, 1 enfant."
    confirmer(client, page)
    assert not StructureEnRegie.objects.exists()


class TestUnDemenagement:
    def demenager(self, client, ville_: str):
        titulaire = Responsable.objects.get()
        saisie = {"role": "titulaire", "nom": "PETIT", "prenom": "Ana", "adresse": "1 rue Haute", "ville": ville_}
        return client.post(reverse("admin:famille_responsable_change", args=[titulaire.pk]), saisie)

    @LE_2_NOVEMBRE
    def test_hors_de_la_commune_il_dit_ce_que_la_famille_paiera(self, client, agent, ville):
        client.force_login(agent)

        page = self.demenager(client, "Toulouse")

        assert question(page) == [
            "2 jours changent de prix, du 07/12/2026 au 08/12/2026 : 1 famille, 1 enfant.",
            "Ces jours valent 7,20 €, ils vaudront 16,00 € : 8,80 € de plus pour la famille.",
            "Compté jusqu’au 31/08/2027.",
        ]
        confirmer(client, page)
        assert Responsable.objects.get().ville == "Toulouse"

    @LE_2_NOVEMBRE
    def test_dans_la_commune_il_ne_demande_rien(self, client, agent, ville):
        client.force_login(agent)

        assert self.demenager(client, "ST JEAN").status_code == 302
