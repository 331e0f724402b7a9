"""What a campaign asks before it issues: papers counted in good French; nothing to issue, nothing to ask."""

from datetime import date

import pytest
import time_machine
from django.utils import timezone

from facturation.campagne.apercu import Apercu
from facturation.campagne.taches import calculer_apercu, demander_apercu
from facturation.models import ApercuDeCampagne
from tests.facturation.admin.pages import adresse
from tests.facturation.ville import batir

LE_2_NOVEMBRE = time_machine.travel("2026-11-02 09:00+01:00", tick=False)


@LE_2_NOVEMBRE
def test_une_campagne_vide_dit_qu_elle_n_a_rien_a_emettre_et_n_a_pas_de_bouton(bureau):
    campagne = batir().campagne()
    demander_apercu(campagne, au=date(2026, 11, 2))
    calculer_apercu.call(ApercuDeCampagne.objects.get().pk)
    chemin, emission = (adresse("campagnedefacturation", page, campagne.pk) for page in ("apercu", "emission"))
    page = bureau.get(chemin).text
    assert "Rien à émettre sur cette période." in page
    assert "Émettre" not in page
    assert bureau.get(emission).url == chemin
    bureau.post(emission)
    campagne.refresh_from_db()
    assert campagne.est_en_preparation


@LE_2_NOVEMBRE
@pytest.mark.parametrize(
    ("papiers", "bouton", "phrase"),
    [
        ({"factures": 1, "montant": "7.20"}, "Émettre 1 facture", "1 facture, 7,20 €. La famille est prévenue."),
        ({"avoirs": 1, "rendu": "3.60"}, "Émettre 1 avoir", "1 avoir, 3,60 €. La famille est prévenue."),
        ({"avoirs": 2, "rendu": "7.20"}, "Émettre 2 avoirs", "2 avoirs, 7,20 €. Les familles sont prévenues."),
        (
            {"factures": 40, "montant": "288", "avoirs": 1, "rendu": "3.60"},
            "Émettre 40 factures et 1 avoir",
            "40 factures, 288,00 € ; 1 avoir, 3,60 €. Les familles sont prévenues.",
        ),
    ],
)
def test_la_question_compte_ce_qui_sort_et_rien_d_autre(bureau, papiers, bouton, phrase):
    campagne = batir().campagne()
    demander_apercu(campagne, au=date(2026, 11, 2))
    apercu = ApercuDeCampagne.objects.get()
    apercu.contenu = Apercu().en_json() | {"montant": "0", "rendu": "0", "montant_avant": "0"} | papiers
    apercu.calcule_le = timezone.now()
    apercu.save()
    question = bureau.get(adresse("campagnedefacturation", "emission", campagne.pk)).context["confirmation"]
    assert question.bouton.replace("\u00a0", " ") == bouton
    dites = " ".join(question.phrases).replace("\u00a0", " ").replace("\u202f", " ")
    suite = "Ce qui est émis ne se modifie plus : une erreur se corrige par un avoir. "
    assert dites.split(" : ", 1)[1].replace(suite, "") == phrase
