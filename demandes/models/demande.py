"""What a parent asks of the centre, from its deposit to its decision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from demandes.annonces.accuse_de_reception import accuser_reception
from demandes.annonces.decision import annoncer
from demandes.annonces.expiration import annoncer_expiration
from demandes.erreurs import (
    DejaDecidee,
    DejaDemandee,
    FicheChangee,
    MotifManquant,
    NeTientPlus,
    RienDeChange,
    refus_du_planning_traduits,
)
from demandes.genre.parts import SANS_REPONSE
from demandes.genre.type_demande import Genre, TypeDemande
from demandes.models.decision import Decision
from demandes.models.lot import SEULE, Seule
from demandes.models.piece import Piece
from demandes.models.queryset import DemandeQuerySet, preter
from demandes.types import GENRES
from famille.models import Compte, EnvoisDuJour, Famille
from socle.adresses.formes import adresse_de
from socle.chiffrement import JsonChiffre, TexteChiffre
from socle.fichiers.depot import tout_ou_rien
from socle.fichiers.examen import Fichier
from socle.verrous import verrouiller


class Demande(models.Model):
    """What a parent asks. Pending until a Decision exists. Its number is its key."""

    AU_LIEU_DE_SUPPRIMER = "acceptez-la ou refusez-la. Une fois décidée, elle s’efface d’elle-même en son temps."

    famille = models.ForeignKey("famille.Famille", models.CASCADE, related_name="demandes")
    enfant = models.ForeignKey("famille.Enfant", models.CASCADE, null=True, blank=True, related_name="demandes")
    type = models.CharField("demande", max_length=40)
    # What is asked, field by field, and what it would replace: only what changes. Secrets lie apart, encrypted.
    donnees = models.JSONField("données", default=dict, blank=True, encoder=DjangoJSONEncoder)
    avant = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)
    secret = JsonChiffre(default=dict, blank=True)
    commentaire = TexteChiffre(blank=True, max_length=1000)
    deposee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="déposée par"
    )
    deposee_le = models.DateTimeField("déposée le", default=timezone.now)
    prise_en_charge_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    prise_en_charge_le = models.DateTimeField("prise en charge le", null=True, blank=True)
    # Written by PostgreSQL when the Decision is, never by hand.
    decidee_le = models.DateTimeField("décidée le", null=True, editable=False)

    # A few short words, that the agents' queue gives to those it lists: see `admin.marques`.
    marques: Sequence[str] = ()
    # Those that are decided with it.
    lot: Seule = SEULE
    objects = DemandeQuerySet.as_manager()

    class Meta:
        verbose_name = "demande"
        verbose_name_plural = "demandes"
        ordering = ["-deposee_le", "-pk"]
        permissions = [
            ("traiter_demande", "Peut traiter les demandes"),
            ("decider_du_planning", "Peut décider des réservations et des absences"),
        ]
        default_permissions = ("view",)  # never added nor written by hand: deposited and decided
        indexes = [
            models.Index(fields=["famille", "-deposee_le"], name="demandes_de_la_famille"),
            models.Index(fields=["deposee_le"], name="demandes_en_attente", condition=Q(decidee_le__isnull=True)),
            models.Index(fields=["decidee_le"], name="demandes_decidees", condition=Q(decidee_le__isnull=False)),
            models.Index(fields=["type", "enfant"], name="demandes_d_un_enfant", condition=Q(enfant__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"Demande n°\u00a0{self.pk}"

    def get_absolute_url(self) -> str:
        return adresse_de("demandes:demande", self.pk)

    @property
    def numero(self) -> int:
        return self.pk

    @property
    def deposee_jour(self) -> date:
        return timezone.localdate(self.deposee_le)

    @property
    def genre(self) -> Genre:
        """The class of its kind."""
        return GENRES.pour(self.type)

    @property
    def titre(self) -> str:
        return self.genre.titre

    @property
    def nom_court(self) -> str:
        return self.genre.nom_court()

    @property
    def titre_des_parts(self) -> str:
        return self.genre.titre_des_parts

    @property
    def titre_du_total(self) -> str:
        return self.genre.titre_du_total

    @property
    def est_en_attente(self) -> bool:
        return self.decidee_le is None

    @property
    def valeurs(self) -> dict:
        """What is asked, secrets included: decrypts them."""
        return self.donnees | self.secret.get("donnees", {})

    @property
    def valeurs_avant(self) -> dict:
        """What it would have replaced at deposit, secrets included."""
        return self.avant | self.secret.get("avant", {})

    @classmethod
    @tout_ou_rien()
    def deposer(
        cls, contenu: TypeDemande, *, par: Compte, commentaire: str = "", pieces: Iterable[Fichier] = ()
    ) -> Demande:
        """Record what a valid form changes, and what its kind changes at once.

        Raises RienDeChange, DejaDemandee, NeTientPlus if its kind refuses, or EnvoiRefuse.
        """
        if not (pieces := list(pieces)) and not contenu.changements:
            raise RienDeChange
        # One deposit at a time for a famille: two clicks make one request.
        verrouiller(Famille.objects, contenu.famille.pk)
        demande = cls._remplie(contenu, par, commentaire)
        if not pieces:
            demande._exiger_nouvelle()
        EnvoisDuJour.compter(contenu.famille, demandes=1, octets=sum(fichier.taille for fichier in pieces))
        demande.save()
        for piece in map(Piece.depuis, pieces):
            piece.demande = demande
            piece.save()
        with refus_du_planning_traduits():
            contenu.deposer(demande)
        if contenu.validation_automatique(demande):
            demande.decision = demande.valider_automatiquement()
            demande.decidee_le = demande.decision.le
        else:
            accuser_reception(demande, contenu)
        return demande

    def prendre_en_charge(self, *, par: Compte) -> None:
        """Say who looks after it. Raises DejaDecidee."""
        with transaction.atomic():
            demande = self.verrouiller()
            demande.prise_en_charge_par, demande.prise_en_charge_le = par, timezone.now()
            demande.save(update_fields=["prise_en_charge_par", "prise_en_charge_le"])
            with refus_du_planning_traduits():
                demande.contenu().prendre_en_charge(demande)

    def accepter(
        self,
        *,
        par: Compte,
        sauf: Iterable[str] = (),
        motif: str = "",
        choix: Mapping[str, str] | None = None,
        vu: str,
    ) -> Decision:
        """Apply the request and close it. `sauf`: the parts that are refused, with the motif; `choix`: of others.

        `vu`: the `empreinte` of what the agent saw; if the record differs by now, raises FicheChangee.
        Raises DejaDecidee, MotifManquant, PartInconnue, or NeTientPlus if what was asked is no longer possible.
        """
        refusees = sorted(set(sauf))
        if refusees and not motif.strip():
            raise MotifManquant
        verdict = Decision.Verdict.ACCEPTEE
        return self._appliquer(
            Decision(verdict=verdict, par=par, motif=motif.strip(), refusees=refusees, choix=dict(choix or {})), vu
        )

    def valider_automatiquement(self) -> Decision:
        """Accept by the same path, without an agent."""
        return self._appliquer(Decision(verdict=Decision.Verdict.ACCEPTEE, automatique=True))

    def refuser(self, *, par: Compte, motif: str) -> Decision:
        """Close it without applying it. Raises DejaDecidee, MotifManquant."""
        if not motif.strip():
            raise MotifManquant
        return self._rejeter(Decision(verdict=Decision.Verdict.REFUSEE, par=par, motif=motif.strip()))

    def retirer(self, *, par: Compte) -> Decision:
        """The parent changes their mind, before the centre decides. Raises DejaDecidee."""
        return self._rejeter(Decision(verdict=Decision.Verdict.RETIREE, par=par))

    def expirer(self, jour: date) -> list[str]:
        """Give up its parts that nobody has decided before `jour`, and close it with the last one. Returns their codes.

        Raises DejaDecidee.
        """
        with transaction.atomic(), refus_du_planning_traduits():
            demande = self.verrouiller()
            contenu = demande.contenu()
            perdus = contenu.expirer(demande, jour)
            if perdus:
                annoncer_expiration(demande, contenu, perdus, jour)
                if not contenu.attend_encore(demande):
                    Decision.objects.create(demande=demande, verdict=Decision.Verdict.EXPIREE, motif=SANS_REPONSE)
            return perdus

    def verrouiller(self) -> Demande:
        """This request, locked until the end of the transaction. Raises DejaDecidee."""
        demande = preter(self, self.lot.verrouiller(self), "enfant", "deposee_par")
        demande.lot = self.lot
        if not demande.est_en_attente:
            decision = Decision.objects.select_related("par").get(demande=demande)
            raise DejaDecidee(demande.numero, decision.constat)
        return demande

    def contenu(self, *, verrou: bool = False) -> TypeDemande:
        """The form of its kind on the present record; `verrou` locks what it would change."""
        return self.lot.preparer(self.genre(self.famille, self.enfant, verrou=verrou))

    def a_l_epreuve(self) -> TypeDemande:
        """Its form, bound to what was asked, on the present record, locked. Raises NeTientPlus."""
        if self.enfant_id and not self.lot.est_rattache(self):
            raise NeTientPlus(f"{self.enfant} n’est plus rattaché à cette famille.")
        contenu = self.lot.preparer(self.genre(self.famille, self.enfant, self.valeurs, verrou=True))
        contenu.exiger(self.valeurs)
        return contenu

    def _appliquer(self, decision: Decision, vu: str | None = None) -> Decision:
        """`vu` None: nobody looks, nobody can have seen something else."""
        with transaction.atomic(), refus_du_planning_traduits():
            decision.demande = demande = self.verrouiller()
            contenu = demande.a_l_epreuve()
            decision.refuser_aussi(contenu.parts_expirees(demande), SANS_REPONSE)
            if vu is not None and vu != contenu.empreinte(demande.valeurs):
                raise FicheChangee
            decision.exiger_ses_parts(contenu.choix_par_part(demande))
            contenu.appliquer(demande)
            return demande._clore(decision, contenu)

    def _rejeter(self, decision: Decision) -> Decision:
        with transaction.atomic(), refus_du_planning_traduits():
            decision.demande = demande = self.verrouiller()
            contenu = demande.contenu()
            contenu.rejeter(demande)
            return demande._clore(decision, contenu)

    def _clore(self, decision: Decision, contenu: TypeDemande) -> Decision:
        decision.save(force_insert=True)
        self.decidee_le = decision.le
        annoncer(decision, contenu)
        return decision

    @classmethod
    def _remplie(cls, contenu: TypeDemande, par: Compte, commentaire: str) -> Demande:
        garde = contenu.contenu_garde()
        return cls(
            famille=contenu.famille,
            enfant=contenu.enfant,
            type=contenu.code,
            donnees=garde.donnees,
            avant=garde.avant,
            secret=garde.secret,
            commentaire=commentaire.strip(),
            deposee_par=par,
        )

    def _exiger_nouvelle(self) -> None:
        semblables = Demande.objects.en_attente().filter(
            famille=self.famille, enfant=self.enfant, type=self.type, donnees=self.donnees
        )
        for autre in semblables:
            if autre.valeurs == self.valeurs and autre.commentaire == self.commentaire:
                raise DejaDemandee(autre.numero, autre.get_absolute_url())
