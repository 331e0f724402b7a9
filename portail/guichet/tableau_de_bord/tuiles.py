"""What is counted on the first page: of each, whose right it takes, which rows, how it is said, and their list."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import ClassVar
from urllib.parse import urlencode

from django.db.models import Q
from django.utils import timezone

from courriels.models import Courriel
from demandes.models import Demande
from facturation.models import NotificationTipi, PaiementEnLigne
from famille.models import Compte, Enfant, PieceFournie
from francais import il_y_a
from messagerie.models import Fil
from planning.models import Reservation
from portail.guichet.certification.attendues import a_certifier
from socle.adresses.formes import adresse_de
from socle.requetes import comptes
from socle.requetes.comptes import ACompter

UNE_SEMAINE = timedelta(days=7)  # as « Sept derniers jours », the filter of the list


@dataclass(frozen=True)
class Tuile:
    """A number and what it counts. `grave`: it should not wait. `adresse`: the list, as it is counted."""

    titre: str
    nombre: str
    adresse: str
    precision: str = ""
    attend: bool = True
    grave: bool = False


@dataclass(frozen=True)
class Regard:
    """Who looks, when. `ouverts`: the days of this week on which each prestation opened, if they are known."""

    agent: Compte
    maintenant: datetime
    ouverts: Mapping[int, Sequence[date]] | None = None

    @property
    def le(self) -> date:
        return timezone.localdate(self.maintenant)


@dataclass(frozen=True)
class Sujet:
    """What a tile counts. `un`, `des`: the words for one and for several; `dont`: for one counted apart, for
    several, for all of them; `plus_ancien`: for the one that has waited longest."""

    cle: str
    droit: str
    un: str
    des: str
    lignes: Callable[[Regard], ACompter]
    liste: str
    filtre: Mapping[str, str]
    grave: bool = False
    dont: tuple[str, str, str] = ("", "", "")
    plus_ancien: str = "le plus ancien"

    rien: ClassVar[str] = "Rien n’attend."

    def tuile(self, compte: comptes.Compte, maintenant: datetime) -> Tuile:
        precisions = [
            f"{f'{self.plus_ancien} ' if compte.nombre > 1 else ''}{il_y_a(maintenant - compte.depuis)}"
            if compte.depuis
            else "",
            self._a_part(compte),
        ]
        return Tuile(
            titre=self.un if compte.nombre == 1 else self.des,
            nombre=str(compte.nombre),
            adresse=f"{adresse_de(self.liste)}?{urlencode(self.filtre)}" if self.filtre else adresse_de(self.liste),
            precision=", ".join(filter(None, precisions)) if compte.nombre else self.rien,
            attend=compte.nombre > 0,
            grave=self.grave and compte.nombre > 0,
        )

    def _a_part(self, compte: comptes.Compte) -> str:
        """« dont 2 déjà expirées » ; « toutes expirées », « déjà expirée » where there is no other."""
        un, des, tous = self.dont
        if not compte.dont:
            return ""
        if compte.dont == compte.nombre:
            return un if compte.nombre == 1 else tous
        return f"dont {compte.dont} {un if compte.dont == 1 else des}"


A_REPONDRE = [
    Sujet(
        "demandes",
        "demandes.traiter_demande",
        "demande à traiter",
        "demandes à traiter",
        lambda regard: ACompter(
            Demande.objects.traitables_par(regard.agent).en_attente(),
            "deposee_le",
            Q(prise_en_charge_par=regard.agent),
        ),
        "admin:demandes_demande_changelist",
        {},
        dont=("que vous avez prise", "que vous avez prises", "toutes prises par vous"),
        plus_ancien="la plus ancienne",
    ),
    Sujet(
        "fils",
        "messagerie.view_fil",
        "message sans réponse",
        "messages sans réponse",
        lambda regard: ACompter(Fil.objects.a_traiter(), "en_attente_depuis", Q(suivi_par=regard.agent)),
        "admin:messagerie_fil_changelist",
        {},
        dont=("que vous avez pris", "que vous avez pris", "tous pris par vous"),
    ),
    Sujet(
        "pieces",
        "famille.change_piecefournie",
        "document à vérifier",
        "documents à vérifier",
        lambda regard: ACompter(PieceFournie.objects.recues().lisibles_par(regard.agent), "deposee_le"),
        "admin:guichet_pieces",
        {},
    ),
]
A_SURVEILLER = [
    Sujet(
        "erreurs",
        "planning.view_reservation",
        "présence en erreur",
        "présences en erreur",
        lambda regard: ACompter(
            Reservation.objects.entre(regard.le - UNE_SEMAINE, regard.le).en_erreur(regard.ouverts)
        ),
        "admin:planning_reservation_changelist",
        {"suivi": "erreurs", "periode": "semaine"},
        grave=True,
    ),
    Sujet(
        "assurances",
        "famille.view_assurance",
        "assurance à renouveler",
        "assurances à renouveler",
        lambda regard: ACompter(Enfant.objects.a_reassurer(regard.le), dont=Q(assurance__expire_le__lt=regard.le)),
        "admin:famille_enfant_changelist",
        {"assurance": "a_renouveler"},
        dont=("déjà expirée", "déjà expirées", "toutes expirées"),
    ),
    Sujet(
        "perimees",
        "famille.view_piecefournie",
        "document à renouveler",
        "documents à renouveler",
        lambda regard: ACompter(
            PieceFournie.objects.a_renouveler(regard.le).lisibles_par(regard.agent), dont=Q(expire_le__lt=regard.le)
        ),
        "admin:guichet_pieces",
        {"voir": "perimees"},
        dont=("déjà périmé", "déjà périmés", "tous périmés"),
    ),
    Sujet(
        "certifications",
        "famille.view_certification",
        "dossier à certifier",
        "dossiers à certifier",
        lambda regard: ACompter(a_certifier(regard.le)),
        "admin:guichet_certification",
        {},
    ),
    Sujet(
        "courriels",
        "courriels.view_courriel",
        "e-mail non distribué",
        "e-mails non distribués",
        lambda _: ACompter(Courriel.objects.en_echec()),
        "admin:courriels_courriel_changelist",
        {"etat": "refuses"},
        grave=True,
    ),
]
ARGENT = [
    Sujet(
        "paiements",
        "facturation.confirmer_paiementenligne",
        "paiement en ligne sans réponse",
        "paiements en ligne sans réponse",
        lambda regard: ACompter(PaiementEnLigne.objects.a_examiner(regard.maintenant)),
        "admin:facturation_paiementenligne_changelist",
        {"reponse": "sans"},
    ),
    Sujet(
        "notifications",
        "facturation.change_notificationtipi",
        "notification à examiner",
        "notifications à examiner",
        lambda _: ACompter(NotificationTipi.objects.a_examiner(), "recue_le"),
        "admin:facturation_notificationtipi_changelist",
        {},
        grave=True,
        plus_ancien="la plus ancienne",
    ),
]
SUJETS = [*A_REPONDRE, *A_SURVEILLER, *ARGENT]


def compter(regard: Regard) -> dict[str, Tuile]:
    """Those that this agent may see, by their key. One query."""
    sujets = [sujet for sujet in SUJETS if regard.agent.has_perm(sujet.droit)]
    lus = comptes.compter({sujet.cle: sujet.lignes(regard) for sujet in sujets})
    return {sujet.cle: sujet.tuile(lus[sujet.cle], regard.maintenant) for sujet in sujets}
