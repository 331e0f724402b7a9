"""What is told of an account's address and password: at once, whatever its owner said of information mail."""

from django.urls import reverse
from django.utils import timezone

import francais
from courriels.avis import Avis

A_CONFIRMER = "adresse_a_confirmer"
GABARITS = (A_CONFIRMER, "adresse_remplacee", "mot_de_passe_change", "second_facteur")


def adresse_remplacee(de: str, nouvelle: str) -> Avis:
    """To the former address. `de`: whose, as « responsable:12 ». The new one is said so that its owner knows it."""
    return _avis("Votre adresse e-mail a été changée", "adresse_remplacee", de, nouvelle=masquer(nouvelle))


def adresse_a_confirmer(sorte: str, pk: int) -> Avis:
    """To the new address. Its link is made as it leaves: see `famille.mots_de_passe.adresse`."""
    return _avis("Confirmez votre adresse e-mail", A_CONFIRMER, f"{sorte}:{pk}", sorte=sorte, pk=pk)


def mot_de_passe_change(pk: int) -> Avis:
    """Its owner has chosen another."""
    return _avis("Votre mot de passe a été changé", "mot_de_passe_change", f"compte:{pk}", par_le_centre=False)


def mot_de_passe_remplace(pk: int) -> Avis:
    """The centre has given a temporary one."""
    return _avis("Votre mot de passe a été remplacé", "mot_de_passe_change", f"compte:{pk}", par_le_centre=True)


def second_facteur(pk: int, phrase: str) -> Avis:
    """Of an agent's account. `phrase`: what was done, « Le second facteur de votre compte a été retiré »."""
    return _avis("Le second facteur de votre compte", "second_facteur", f"compte:{pk}", phrase=phrase)


def masquer(adresse: str) -> str:
    """« j•••@w•••.fr »: its owner knows it, nobody else learns it. Empty if there is none."""
    nom, arobase, domaine = adresse.partition("@")
    if not arobase:
        return ""
    return f"{nom[:1]}•••@{domaine[:1]}•••.{domaine.rpartition('.')[2]}"


def _avis(sujet: str, gabarit: str, de: str, **contexte: object) -> Avis:
    maintenant = timezone.localtime()
    moment = {"jour": francais.date_courte(maintenant.date()), "heure": francais.heure(maintenant.time())}
    return Avis(
        sujet=f"Portail famille\u00a0: {sujet[0].lower()}{sujet[1:]}",
        gabarit=gabarit,
        contexte={"chemin": reverse("accueil")} | moment | contexte,
        cle=f"{gabarit}:{de}:{maintenant:%Y%m%d%H%M%S%f}",
        urgent=True,
    )
