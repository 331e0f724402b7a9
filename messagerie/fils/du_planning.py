"""How planning writes to a famille: a thread in its inbox, and a service e-mail that says the same."""

from collections.abc import Sequence
from uuid import uuid4

from django.conf import settings

from courriels.avis import Avis
from famille.models import Compte, Famille
from messagerie.models import Fil
from planning.portee.messager import Messager


class ParFil(Messager):
    def ecrire(
        self, famille: Famille, sujet: str, phrases: Sequence[str], *, chemin: str, bouton: str, par: Compte | None
    ) -> None:
        avis = Avis(
            sujet=sujet,
            gabarit="jours_changes",
            contexte={"phrases": list(phrases), "chemin": chemin, "bouton": bouton},
            cle=f"planning:{uuid4()}",
        )
        lien = settings.PORTAIL_ADRESSE.rstrip("/") + chemin
        texte = "\n\n".join(["Bonjour,", *phrases, f"{bouton}\u00a0: {lien}"])
        Fil.ecrire_a(famille, sujet, texte, par=par, avis=avis)
