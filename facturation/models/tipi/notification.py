"""What arrives at the notification address, kept as it arrived, with what we made of it. Anybody may write there."""

from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from facturation.models.tipi.paiement_en_ligne import EtatPaiement, PaiementEnLigne
from facturation.tipi.passerelle import Annonce, Illisible, Resultat, jeton_juste, lire
from famille.models import Compte

# What has no token of ours may be anybody's: so many are kept a minute, so that nobody fills the disk.
SANS_PREUVE_PAR_MINUTE = 60
# Whoever has a token, or a reference, can only speak of one payment: so many of each judgement are kept.
PAR_PAIEMENT = 100
# Of so many open payments, the one that a token was made for is looked for.
OUVERTS_MAX = 500


class Jugement(models.TextChoices):
    ACCEPTEE = "acceptee", "Acceptée"
    EN_CREDIT = "en_credit", "Acceptée, en crédit"
    SANS_EFFET = "sans_effet", "Déjà connue"
    ILLISIBLE = "illisible", "Illisible"
    JETON = "jeton", "Jeton faux"
    INCONNUE = "inconnue", "Référence inconnue"
    ORIGINE = "origine", "Ne vient pas du Trésor public"
    MONTANT = "montant", "Montant différent"
    NUMCLI = "numcli", "Numéro de client différent"
    EXERCICE = "exercice", "Exercice différent"
    SAISIE = "saisie", "Mode différent"
    ESSAI = "essai", "Paiement de test"
    TARDIVE = "tardive", "Paiement expiré"  # of before a late payment became a credit
    CONTRADICTOIRE = "contradictoire", "Contredit ce qui est connu"


REGLENT = (Jugement.ACCEPTEE, Jugement.EN_CREDIT)
SANS_SUITE = (Jugement.ACCEPTEE, Jugement.SANS_EFFET)
SANS_PREUVE = (Jugement.ILLISIBLE, Jugement.JETON)
ETATS = {
    Resultat.PAYE: EtatPaiement.PAYE,
    Resultat.REFUSE: EtatPaiement.REFUSE,
    Resultat.ABANDONNE: EtatPaiement.ABANDONNE,
}


class Debordement(Exception):
    """Too many notifications: this one is not kept."""


class NotificationQuerySet(models.QuerySet["NotificationTipi"]):
    def a_examiner(self) -> "NotificationQuerySet":
        """What anybody may send, and names no payment of ours, is left out: nobody fills this list from outside."""
        anonymes = models.Q(verdict__in=SANS_PREUVE, paiement=None)
        return self.exclude(verdict__in=SANS_SUITE).exclude(anonymes).filter(examinee_le__isnull=True)

    def classer(self, *, par: Compte, note: str = "") -> int:
        """An agent has looked; returns how many. Without a new `note`, what was noted stays."""
        ecrite = {"note": note} if note else {}
        return self.filter(examinee_le__isnull=True).update(examinee_le=timezone.now(), examinee_par=par, **ecrite)

    def recevoir(self, corps: str, *, jeton: str, origine_admise: bool) -> "NotificationTipi":
        """Keep it, judge it, and do what it says if it is to be believed. Raises Debordement."""
        try:
            annonce = lire(corps)
        except Illisible:
            return self._sans_preuve(corps, _refdet_du_jeton(jeton), Jugement.ILLISIBLE)
        if not jeton_juste(annonce.refdet, jeton):
            return self._sans_preuve(corps, annonce.refdet, Jugement.JETON)
        return self._resoudre(corps, annonce, origine_admise=origine_admise)

    def _sans_preuve(self, corps: str, refdet: str, jugement: Jugement) -> "NotificationTipi":
        """Kept without a lock on anything. The counter is the rows themselves: no address, no proxy to trust."""
        paiement = PaiementEnLigne.objects.filter(refdet=refdet).first()
        if paiement is not None:
            self._borner(refdet, jugement)
        else:
            maintenant, une_minute = timezone.now(), timedelta(minutes=1)
            anonymes = self.filter(verdict__in=SANS_PREUVE, paiement=None)
            recentes = anonymes.filter(recue_le__range=(maintenant - une_minute, maintenant + une_minute))
            if recentes.count() >= SANS_PREUVE_PAR_MINUTE:
                raise Debordement
        return self.create(corps=corps, refdet=refdet, verdict=jugement, paiement=paiement)

    @transaction.atomic
    def _resoudre(self, corps: str, annonce: Annonce, *, origine_admise: bool) -> "NotificationTipi":
        """The only door to a settled payment: one at a time, whoever comes."""
        paiement = PaiementEnLigne.objects.verrouiller(annonce.refdet)
        jugement = juger(annonce, paiement, origine_admise=origine_admise)
        # What settles is kept, whatever came before it.
        if jugement not in REGLENT:
            self._borner(annonce.refdet, jugement)
        if paiement is not None and jugement in REGLENT:
            if annonce.resultat == Resultat.PAYE:
                paiement.regler(numauto=annonce.numauto)
            else:
                paiement.clore(ETATS[annonce.resultat])
        return self.create(corps=corps, refdet=annonce.refdet, verdict=jugement, paiement=paiement)

    def _borner(self, refdet: str, jugement: Jugement) -> None:
        if self.filter(refdet=refdet, verdict=jugement).count() >= PAR_PAIEMENT:
            raise Debordement


def _refdet_du_jeton(jeton: str) -> str:
    """The open payment that this token was made for: all that is known of a content that cannot be read."""
    ouverts = PaiementEnLigne.objects.ouverts().order_by("-pk").values_list("refdet", flat=True)[:OUVERTS_MAX]
    return next((refdet for refdet in ouverts if jeton_juste(refdet, jeton)), "")


def juger(annonce: Annonce, paiement: PaiementEnLigne | None, *, origine_admise: bool) -> Jugement:
    """What a notification with the right token is worth.

    Late, it settles what is still due. Money that came for an invoice paid meanwhile is the famille's all the same: a
    credit, that the régie sees. Where the answers contradict each other, a person looks.
    """
    if paiement is None:
        return Jugement.INCONNUE
    if not origine_admise:
        return Jugement.ORIGINE
    for champ, jugement in (
        ("montant", Jugement.MONTANT),
        ("numcli", Jugement.NUMCLI),
        ("exer", Jugement.EXERCICE),
        ("saisie", Jugement.SAISIE),
    ):
        if getattr(annonce, champ) != getattr(paiement, champ):
            return jugement
    if annonce.resultat != Resultat.PAYE:
        return Jugement.ACCEPTEE if paiement.est_ouvert else _juger_apres(annonce.resultat, paiement.etat)
    if not paiement.est_ouvert and not paiement.est_sans_reponse:
        return _juger_apres(annonce.resultat, paiement.etat)
    if paiement.est_un_essai:
        return Jugement.ESSAI
    return Jugement.ACCEPTEE if paiement.facture.reste_a_payer() >= paiement.montant else Jugement.EN_CREDIT


def _juger_apres(resultat: Resultat, etat: str) -> Jugement:
    """Of a closed attempt."""
    if ETATS[resultat] == etat:
        return Jugement.SANS_EFFET
    return Jugement.CONTRADICTOIRE if EtatPaiement.PAYE in (ETATS[resultat], etat) else Jugement.SANS_EFFET


class NotificationTipi(models.Model):
    """One POST, raw."""

    AU_LIEU_DE_SUPPRIMER = "laissez-la. C’est ce que le Trésor public a dit, mot pour mot."

    corps = models.TextField("contenu reçu")
    refdet = models.CharField("référence TIPI", max_length=30, blank=True)
    paiement = models.ForeignKey(PaiementEnLigne, models.PROTECT, null=True, related_name="notifications")
    verdict = models.CharField(max_length=15, choices=Jugement)
    recue_le = models.DateTimeField("reçue le", default=timezone.now)
    examinee_le = models.DateTimeField("examinée le", null=True)
    examinee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="examinée par"
    )
    note = models.CharField(max_length=200, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = "notification TIPI"
        verbose_name_plural = "notifications TIPI"
        ordering = ["-recue_le", "-pk"]
        indexes = [
            models.Index(fields=["verdict", "recue_le"], name="notification_par_minute"),
            models.Index(fields=["refdet"], name="notification_par_refdet"),
        ]

    def __str__(self) -> str:
        return f"{self.refdet or '—'}, {self.get_verdict_display().lower()}"
