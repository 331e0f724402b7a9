"""The inscriptions of a file: those that the portal has already, those that change, those to make, and why not."""

from datetime import date

from famille.models import Compte
from francais import date_courte
from planning.erreurs import RefusPlanning
from planning.inscriptions.en_nombre import InscriptionsEnNombre, Souhait
from planning.models import Inscription
from planning.regles.jours import Jours
from planning.regles.ouverture import Rythme
from portail.importation.connu import Connu
from portail.importation.foyers import Voeu
from portail.importation.lecture.fautes import Faute
from portail.importation.lecture.valeurs import TOUTES_LES_SEMAINES
from portail.importation.plan import Ecart, Plan


class LesInscriptions:
    """`plan` is told what is new and what changes. One that begins on another day is another inscription."""

    def __init__(self, plan: Plan, connu: Connu, *, par: Compte) -> None:
        self.plan, self.connu, self.par = plan, connu, par
        self.voeux: list[Voeu] = []
        self.gestes: list[tuple[Voeu, Inscription]] = []
        for foyer in plan.familles:
            for voeu in foyer.voeux:
                if voeu.petit in plan.enfants:
                    self._juger(voeu)
        souhaits = [self._souhait(voeu) for voeu in self.voeux]
        self._voeu_de = dict(zip(souhaits, self.voeux, strict=True))
        self.nouvelles = InscriptionsEnNombre(souhaits, par=par)

    @property
    def se_disent_en_ecrivant(self) -> bool:
        """What the verbs alone can refuse: bookings that stand in the way."""
        return bool(self.gestes) or self.nouvelles.se_disent_en_ecrivant

    def refuser(self) -> list[Faute]:
        return [self._faute(self._voeu_de[souhait], phrase) for souhait, phrase in self.nouvelles.refus().items()]

    def ecrire(self) -> list[Faute]:
        """In the caller's transaction, which undoes all of it if there is any fault."""
        fautes = [self._faute(self._voeu_de[souhait], phrase) for souhait, phrase in self.nouvelles.ecrire().items()]
        for voeu, inscription in self.gestes:
            try:
                self._changer(voeu, inscription)
            except RefusPlanning as refus:
                fautes.append(self._faute(voeu, str(refus)))
        return fautes

    def _juger(self, voeu: Voeu) -> None:
        famille, enfant = self.plan.familles[voeu.foyer], self.plan.enfants[voeu.petit]
        connue = next(
            (une for une in self.connu.inscriptions.get(enfant.pk or 0, []) if _est(une, voeu, famille.pk)), None
        )
        if connue is None:
            self.voeux.append(voeu)
            self.plan.compter("inscription", nouveau=True, change=False)
            return
        qui = f"{enfant.nom_complet}, {voeu.prestation}"
        ecarts = [
            Ecart(enfant, voeu.ligne.numero, qui, quoi, avant, apres)
            for quoi, avant, apres in (
                ("dernier jour", _fin(connue.au), _fin(voeu.au or connue.au)),
                ("jours réguliers", str(connue.rythme), str(_rythme(voeu, connue))),
            )
            if avant != apres
        ]
        self.plan.ecarts += ecarts
        self.plan.compter("inscription", nouveau=False, change=bool(ecarts))
        if ecarts:
            self.gestes.append((voeu, connue))

    def _changer(self, voeu: Voeu, inscription: Inscription) -> None:
        rythme = _rythme(voeu, inscription)
        if rythme != inscription.rythme:
            inscription.changer_rythme(rythme.jours, parite=rythme.parite, a_compter_du=inscription.du, par=self.par)
        if voeu.au and voeu.au != inscription.au:
            inscription.terminer(voeu.au, par=self.par)

    def _souhait(self, voeu: Voeu) -> Souhait:
        return Souhait(
            enfant=self.plan.enfants[voeu.petit],
            famille=self.plan.familles[voeu.foyer],
            prestation=voeu.prestation,
            du=voeu.du,
            au=voeu.au,
            jours=voeu.rythme,
            parite=_parite(voeu, None),
        )

    def _faute(self, voeu: Voeu, phrase: str) -> Faute:
        return voeu.ligne.faute(f"{voeu.code}.prestation", phrase)


def _fin(au: date | None) -> str:
    return date_courte(au) if au else "sans fin"


def _rythme(voeu: Voeu, connue: Inscription) -> Rythme:
    """What the file does not say stays."""
    if voeu.jours is None:
        return connue.rythme
    return Rythme(Jours(voeu.jours), _parite(voeu, connue.parite))


def _parite(voeu: Voeu, connue: int | None) -> int | None:
    if voeu.parite is None:
        return connue
    return None if voeu.parite == TOUTES_LES_SEMAINES else voeu.parite


def _est(une: Inscription, voeu: Voeu, famille: int | None) -> bool:
    memes = (une.famille_id, une.prestation_id, une.du) == (famille, voeu.prestation.pk, voeu.du)
    return memes and not une.a_regulariser
