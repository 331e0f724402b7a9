"""The Treasury's door: what leaves for its payment page and what comes back, over eopayment. No database here.

The web service PayFiP will be another Passerelle: views and models only know `passerelle()` and `lire()`.
"""

import hmac
import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Protocol
from urllib.parse import urlsplit

import eopayment
from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac

from francais import en_ascii

# What TIPI takes, in €.
MONTANT_MIN, MONTANT_MAX = Decimal("1.00"), Decimal("9999.99")
COURRIEL_MIN, COURRIEL_MAX = 6, 80
OBJET_MAX = 100

NUMCLI = r"^[0-9]{6}$"
REFDET = r"^[A-Za-z0-9]{6,30}$"


class Resultat(StrEnum):
    """`resultrans`, in TIPI's letters."""

    PAYE = "P"
    REFUSE = "R"
    ABANDONNE = "A"


# How the redirect writes what the web service also knows: V is paid by direct debit, Z is refused.
AUTRES_LETTRES = {"V": Resultat.PAYE, "Z": Resultat.REFUSE}


class DemandeRefusee(Exception):
    """What we are about to ask is not what the Treasury takes."""


class Illisible(Exception):
    """What arrived is no notification of the Treasury's."""


@dataclass(frozen=True, slots=True)
class DemandeDePaiement:
    """What leaves. `montant` in €; `numcli`, `exer` and `saisie` are texts, whose zeros count."""

    numcli: str
    exer: str
    refdet: str
    objet: str
    montant: Decimal
    courriel: str
    saisie: str

    def verifier(self) -> None:
        """Raises DemandeRefusee. eopayment checks neither the minimum, nor the centimes, nor a missing `numcli`."""
        regles = {
            "numcli": re.search(NUMCLI, self.numcli),
            "exer": re.search(r"^[0-9]{4}$", self.exer),
            "refdet": re.search(REFDET, self.refdet),
            "objet": re.search(r"^[A-Za-z0-9 ]{1,100}$", self.objet),
            "montant": self.montant.is_finite()
            and MONTANT_MIN <= self.montant <= MONTANT_MAX
            and self.montant == round(self.montant, 2),
            "mel": self.courriel.isascii() and COURRIEL_MIN <= len(self.courriel) <= COURRIEL_MAX,
            "saisie": self.saisie in settings.TIPI_SAISIES,
        }
        fautes = [nom for nom, juste in regles.items() if not juste]
        if fautes:
            raise DemandeRefusee(", ".join(fautes))


@dataclass(frozen=True, slots=True)
class Annonce:
    """What a notification says. Nothing in it is signed: it is only believed where it repeats what we know."""

    refdet: str
    resultat: Resultat
    montant: Decimal
    numcli: str
    exer: str
    saisie: str
    numauto: str


class Passerelle(Protocol):
    """A way to the Treasury."""

    def adresse(self, demande: DemandeDePaiement) -> str:
        """Where to send the parent's browser. Raises DemandeRefusee."""


class Tipi:
    """The redirect: all that is asked travels in the address."""

    def adresse(self, demande: DemandeDePaiement) -> str:
        demande.verifier()
        options = {
            "numcli": demande.numcli,
            "saisie": demande.saisie,
            "automatic_return_url": adresse_de_notification(demande.refdet),
        }
        _, _, adresse = eopayment.Payment(eopayment.TIPI, options).request(
            demande.montant,
            email=demande.courriel,
            exer=demande.exer,
            refdet=demande.refdet,
            objet=demande.objet,
        )
        return adresse


class TipiFactice(Tipi):
    """The same address, at our stand-in's."""

    def adresse(self, demande: DemandeDePaiement) -> str:
        return f"{reverse('tipi_factice:paiement')}?{urlsplit(super().adresse(demande)).query}"


def passerelle() -> Passerelle:
    return TipiFactice() if settings.TIPI_FACTICE else Tipi()


def adresse_de_notification(refdet: str) -> str:
    """`urlcl`: where the Treasury writes to us about that payment. Its last part cannot be made without our key."""
    return settings.PORTAIL_ADRESSE.rstrip("/") + reverse("facturation:notification", args=[jeton(refdet)])


def jeton(refdet: str, cle: str | None = None) -> str:
    """`cle`: another than SECRET_KEY."""
    return salted_hmac("facturation.paiement.notification", refdet, secret=cle, algorithm="sha256").hexdigest()


def jeton_juste(refdet: str, presente: str) -> bool:
    """Made with our key, or with a former one: the payment left before the key changed."""
    cles = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return any(hmac.compare_digest(jeton(refdet, cle).encode(), presente.encode()) for cle in cles)


def objet(texte: str) -> str:
    """ASCII letters, digits and spaces: « Régie garderie, facture AL-36 » → « Regie garderie facture AL 36 »."""
    return re.sub(r"[^A-Za-z0-9]+", " ", en_ascii(texte)).strip()[:OBJET_MAX].strip()


def lire(corps: str) -> Annonce:
    """What the Treasury posted. Raises Illisible. eopayment's `signed=True` means nothing: it always says so."""
    try:
        reponse = eopayment.Payment(eopayment.TIPI, {"numcli": "", "automatic_return_url": ""}).response(corps)
        champs = reponse.bank_data
        if not re.search(REFDET, champs["refdet"]):
            raise Illisible("refdet")
        return Annonce(
            refdet=champs["refdet"],
            resultat=_resultat(champs["resultrans"]),
            montant=_en_euros(champs.get("montant", "")),
            numcli=champs.get("numcli", ""),
            exer=champs.get("exer", ""),
            saisie=champs.get("saisie", ""),
            numauto=re.sub(r"[^A-Za-z0-9]", "", champs.get("numauto", ""))[:20],
        )
    except (eopayment.ResponseError, ValueError) as erreur:
        raise Illisible(str(erreur)) from erreur


def _resultat(lettre: str) -> Resultat:
    return AUTRES_LETTRES.get(lettre) or Resultat(lettre)


def _en_euros(centimes: str) -> Decimal:
    if not re.search(r"^[0-9]{1,9}$", centimes):
        raise Illisible("montant")
    return Decimal(centimes) / 100
