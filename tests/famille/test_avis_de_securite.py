"""What is told of an account's address and password: which e-mail, of whom, when; it passes before the others."""

import pytest
import time_machine

from courriels.avis import Avis
from famille.avis_de_securite import (
    adresse_a_confirmer,
    adresse_remplacee,
    masquer,
    mot_de_passe_change,
    mot_de_passe_remplace,
)

UN_MATIN = "2015-04-08 07:30:12.000345+00:00"
QUAND = {"chemin": "/", "jour": "08/04/2015", "heure": "9\u00a0h\u00a030"}


@pytest.mark.parametrize(
    ("avis", "sujet", "gabarit", "contexte", "de"),
    [
        (
            lambda: mot_de_passe_change(7),
            "votre mot de passe a été changé",
            "mot_de_passe_change",
            {"par_le_centre": False},
            "compte:7",
        ),
        (
            lambda: mot_de_passe_remplace(7),
            "votre mot de passe a été remplacé",
            "mot_de_passe_change",
            {"par_le_centre": True},
            "compte:7",
        ),
        (
            lambda: adresse_remplacee("responsable:12", "jean@nouvelle.example"),
            "votre adresse e-mail a été changée",
            "adresse_remplacee",
            {"nouvelle": "j•••@n•••.example"},
            "responsable:12",
        ),
        (
            lambda: adresse_a_confirmer("responsable", 12),
            "confirmez votre adresse e-mail",
            "adresse_a_confirmer",
            {"sorte": "responsable", "pk": 12},
            "responsable:12",
        ),
    ],
)
def test_chacun_dit_quoi_de_qui_et_quand_et_passe_avant_les_autres(avis, sujet, gabarit, contexte, de):
    with time_machine.travel(UN_MATIN, tick=False):
        dit = avis()
    assert dit == Avis(
        sujet=f"Portail famille\u00a0: {sujet}",
        gabarit=gabarit,
        contexte=QUAND | contexte,
        cle=f"{gabarit}:{de}:20150408093012000345",
        urgent=True,
    )


@pytest.mark.parametrize(
    ("adresse", "masquee"),
    [
        ("jean.dupont@mail.wanadoo.fr", "j•••@m•••.fr"),
        ("j@w.fr", "j•••@w•••.fr"),
        ("", ""),
        ("jean", ""),
    ],
)
def test_une_adresse_masquee_ne_s_apprend_pas(adresse, masquee):
    assert masquer(adresse) == masquee
