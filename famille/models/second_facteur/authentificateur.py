"""What an agent's phone and the portal both know, and from which both make the same code every thirty seconds."""

import secrets
from base64 import b32encode
from datetime import datetime, timedelta
from typing import ClassVar
from urllib.parse import quote, urlencode

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django_otp.oath import TOTP

from famille.models.compte import Compte
from francais import pluriel
from socle.chiffrement import TexteChiffre
from socle.reglages.centre import la_commune

from .code_de_secours import CodeDeSecours

OCTETS = 20  # of the key: RFC 4226
CHIFFRES = 6
# As many steps before and after now: phones and servers are seldom more than half a minute apart.
TOLERANCE = 1
ECHECS_MAX, BLOCAGE = 5, timedelta(minutes=15)  # as at the door


class CodeRefuse(Exception):
    """That code opens nothing: says why, in one sentence."""


class Authentificateur(models.Model):
    """The second factor of an account. Asked for once `confirme_le`: a first code has proved that the phone has it.

    `generation`: changes with the key. Sessions and trusted devices remember the one that opened them.
    """

    compte = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="authentificateur")
    cle = TexteChiffre("clé")
    generation = models.CharField("génération", max_length=32)
    cree_le = models.DateTimeField("créé le", default=timezone.now)
    confirme_le = models.DateTimeField("confirmé le", null=True)
    # The step of the last code that was accepted: none opens twice.
    dernier_pas = models.BigIntegerField("dernier pas", default=0)
    echecs = models.PositiveSmallIntegerField("échecs", default=0)
    bloque_jusqu_au = models.DateTimeField("bloqué jusqu’au", null=True)

    class Meta:
        verbose_name = "second facteur"
        verbose_name_plural = "seconds facteurs"
        # Kept by its verbs; the direction takes one back from the page of the account.
        default_permissions: ClassVar[tuple[str, ...]] = ()

    def __str__(self) -> str:
        return f"Second facteur de {self.compte}"

    @classmethod
    @transaction.atomic
    def preparer(cls, compte: Compte) -> "Authentificateur":
        """A new key, yet to be confirmed. What was confirmed is no longer: the caller has asked who is there."""
        cls.objects.filter(compte=compte).delete()
        return cls.objects.create(compte=compte, cle=secrets.token_hex(OCTETS), generation=secrets.token_hex(16))

    @property
    def est_confirme(self) -> bool:
        return self.confirme_le is not None

    @property
    def en_lettres(self) -> str:
        """The key, as one types it on a phone that cannot see: « ABCD EFGH … »."""
        lettres = b32encode(bytes.fromhex(self.cle)).decode()
        return " ".join(lettres[debut : debut + 4] for debut in range(0, len(lettres), 4))

    @property
    def adresse(self) -> str:
        """What the QR code holds, in the form that every such application reads."""
        emetteur = f"Portail famille {la_commune().nom}"
        champs = {"secret": self.en_lettres.replace(" ", ""), "issuer": emetteur, "digits": CHIFFRES, "period": 30}
        nom = quote(f"{emetteur}:{self.compte.identifiant}")
        return f"otpauth://totp/{nom}?{urlencode(champs, quote_via=quote)}"

    @transaction.atomic
    def confirmer(self, code: str) -> list[str]:
        """The phone has it: returns the recovery codes, shown once. Raises CodeRefuse."""
        verrouille = self._verrouille()
        verrouille._exiger(code)
        verrouille.confirme_le = timezone.now()
        verrouille.save(update_fields=["confirme_le"])
        return CodeDeSecours.renouveler(verrouille.pk)

    def verifier(self, code: str) -> None:
        """A code of the phone, or a recovery code, once each. Raises CodeRefuse; failures are counted, and lock."""
        with transaction.atomic():
            refus = self._verrouille()._essayer(code)
        # Outside: what was counted stays counted.
        if refus:
            raise CodeRefuse(refus)

    def renouveler_les_codes(self) -> list[str]:
        """The former ones open nothing any more."""
        return CodeDeSecours.renouveler(self.pk)

    @transaction.atomic
    def retirer(self) -> None:
        """With its codes and the devices that it had made trusted. The sessions that it opened have nothing to show."""
        self.compte.appareils.all().delete()
        self.delete()

    def _verrouille(self) -> "Authentificateur":
        return Authentificateur.objects.select_for_update().select_related(None).get(pk=self.pk)

    def _essayer(self, code: str) -> str:
        """Why it is refused; empty if it is not."""
        maintenant = timezone.now()
        if self.bloque_jusqu_au and self.bloque_jusqu_au > maintenant:
            return _dire_le_blocage(self.bloque_jusqu_au - maintenant)
        try:
            self._exiger(code)
        except CodeRefuse as refus:
            return self._compter_un_echec(maintenant) or str(refus)
        self.echecs, self.bloque_jusqu_au = 0, None
        self.save(update_fields=["echecs", "bloque_jusqu_au"])
        return ""

    def _exiger(self, code: str) -> None:
        """Raises CodeRefuse."""
        chiffres = "".join(code.split())
        if chiffres.isascii() and chiffres.isdecimal() and len(chiffres) == CHIFFRES:
            self._exiger_du_telephone(int(chiffres))
        elif not CodeDeSecours.depenser(self.pk, code):
            raise CodeRefuse("Ce code n’est pas le bon.")

    def _exiger_du_telephone(self, code: int) -> None:
        totp = TOTP(bytes.fromhex(self.cle), digits=CHIFFRES)
        totp.time = timezone.now().timestamp()
        if not totp.verify(code, tolerance=TOLERANCE, min_t=self.dernier_pas + 1):
            raise CodeRefuse(
                "Ce code n’est pas le bon, ou il a déjà servi. Attendez le suivant\u00a0: il change toutes les "
                "30\u00a0secondes."
            )
        self.dernier_pas = totp.t()
        self.save(update_fields=["dernier_pas"])

    def _compter_un_echec(self, maintenant: datetime) -> str:
        """What to say if it locks."""
        self.echecs += 1
        if self.echecs >= ECHECS_MAX:
            self.echecs, self.bloque_jusqu_au = 0, maintenant + BLOCAGE
        self.save(update_fields=["echecs", "bloque_jusqu_au"])
        return _dire_le_blocage(BLOCAGE) if self.bloque_jusqu_au and self.bloque_jusqu_au > maintenant else ""


def _dire_le_blocage(reste: timedelta) -> str:
    minutes = max(1, -(-int(reste.total_seconds()) // 60))
    return f"Trop de codes faux. Recommencez dans {pluriel(minutes, 'minute')}."
