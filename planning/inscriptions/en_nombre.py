"""Thousands of inscriptions at once: what `Inscription.objects.inscrire` refuses of one, told of each, in a few
statements; then all written together. Whose child may be expected elsewhere at those hours goes by the verb itself.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from famille.models import Compte, Enfant, Famille
from planning.acteurs import exiger_agent
from planning.erreurs import RefusPlanning
from planning.models import Inscription, Prestation
from planning.models.rythme import CYCLE
from planning.places.restantes import effectifs, jours_limites
from planning.places.verrous import verrouiller_prestation
from planning.regles.calendrier import plus_proposee
from planning.regles.jours import AUCUN_JOUR, Jours, jours_entre
from planning.regles.ouverture import Rythme
from planning.regles.refus import complet
from socle.periodes import DANS_L_ORDRE

DEJA = "L’enfant est déjà inscrit à cette prestation à ces dates."
AILLEURS = "L’enfant est déjà attendu ailleurs à ces heures, chaque semaine."


@dataclass(frozen=True, eq=False)
class Souhait:
    """`enfant` and `famille` may be about to be written."""

    enfant: Enfant
    famille: Famille
    prestation: Prestation
    du: date
    au: date | None = None
    jours: Jours = AUCUN_JOUR
    parite: int | None = None

    @property
    def rythme(self) -> Rythme:
        return Rythme(self.jours, self.parite)

    def inscription(self, par: Compte) -> Inscription:
        return Inscription(
            enfant=self.enfant,
            prestation=self.prestation,
            famille=self.famille,
            du=self.du,
            au=self.au,
            jours=self.jours,
            parite=self.parite,
            par=par,
        )


class InscriptionsEnNombre:
    """In the order of the file: the first ones have the places."""

    def __init__(self, souhaits: Sequence[Souhait], *, par: Compte) -> None:
        exiger_agent(par)
        self.souhaits, self.par = souhaits, par
        self._inscriptions = [souhait.inscription(par) for souhait in souhaits]

    def verrouiller(self) -> None:
        """Nobody else takes a place there until the end of the transaction."""
        for pk in sorted({souhait.prestation.pk for souhait in self.souhaits if souhait.jours}):
            verrouiller_prestation(pk)

    def refus(self) -> dict[Souhait, str]:
        """Why not, one sentence each; nothing if all may be written."""
        refus: dict[Souhait, str] = {}
        voisines = self._connues()
        for souhait, inscription in zip(self.souhaits, self._inscriptions, strict=True):
            siennes = voisines[_cle(souhait.enfant)]
            if phrase := _contredit(inscription, siennes):
                refus[souhait] = phrase
            else:
                siennes.append(inscription)
        return {**refus, **dict(self._sans_place(refus))}

    @property
    def se_disent_en_ecrivant(self) -> bool:
        """Some child has other inscriptions at the same hours: bookings may stand in the way, which the verb tells."""
        return bool(self._partager()[1])

    def ecrire(self) -> dict[Souhait, str]:
        """Those whom the verb itself refuses, and why. What is not refused is written: undo it all if you must."""
        seules, autres = self._partager()
        Inscription.objects.bulk_create(seules, batch_size=1000)
        return {souhait: phrase for souhait in autres if (phrase := self._par_le_verbe(souhait))}

    def _partager(self) -> tuple[list[Inscription], list[Souhait]]:
        """Those in whose way nothing may be, and the others."""
        connues = self._connues(comprises=True)
        seules, autres = list[Inscription](), list[Souhait]()
        for souhait, inscription in zip(self.souhaits, self._inscriptions, strict=True):
            if any(_peut_gener(inscription, une) for une in connues[_cle(souhait.enfant)]):
                autres.append(souhait)
            else:
                seules.append(inscription)
        return seules, autres

    def _par_le_verbe(self, souhait: Souhait) -> str:
        try:
            Inscription.objects.inscrire(
                souhait.enfant,
                souhait.prestation,
                souhait.famille,
                du=souhait.du,
                au=souhait.au,
                jours=souhait.jours,
                parite=souhait.parite,
                par=self.par,
            )
        except RefusPlanning as refus:
            return str(refus)
        return ""

    def _connues(self, *, comprises: bool = False) -> defaultdict[int, list[Inscription]]:
        """Those of the same children, by child. `comprises`: those of the roll too, that the verb takes over."""
        siennes = Inscription.objects.filter(enfant__in={s.enfant.pk for s in self.souhaits if s.enfant.pk})
        if not comprises:
            siennes = siennes.filter(a_regulariser=False)
        par_enfant: defaultdict[int, list[Inscription]] = defaultdict(list)
        for une in siennes.select_related("prestation__structure", "enfant"):
            par_enfant[une.enfant_id].append(une)
        return par_enfant

    def _sans_place(self, refuses: Iterable[Souhait]) -> Iterator[tuple[Souhait, str]]:
        par_prestation: defaultdict[int, list[Souhait]] = defaultdict(list)
        ecartes = set(refuses)
        for souhait in self.souhaits:
            if souhait.jours and souhait not in ecartes:
                par_prestation[souhait.prestation.pk].append(souhait)
        for souhaits in par_prestation.values():
            yield from _sans_place(souhaits)


def _sans_place(souhaits: list[Souhait]) -> Iterator[tuple[Souhait, str]]:
    """Of one prestation. Its patterns are counted up to where all that is known repeats itself."""
    prestation = souhaits[0].prestation
    bornes = [jour for s in souhaits for jour in (s.du, s.au) if jour]
    horizon = max(max(bornes), prestation.dernier_jour_connu or date.min) + CYCLE
    par_groupe = {groupe: _jours(s, horizon) for groupe, s in {_groupe(s): s for s in souhaits}.items()}
    limites = jours_limites(prestation.pk, {jour for jours in par_groupe.values() for jour in jours})
    if not limites:
        return
    comptes = effectifs({prestation.pk: limites})
    reste = {jour: effectif.restantes or 0 for (_, jour), effectif in comptes.items()}
    demandes = Counter(_groupe(s) for s in souhaits)
    besoin = Counter(dict.fromkeys(limites, 0))
    for groupe, combien in demandes.items():
        besoin.update({jour: combien for jour in par_groupe[groupe] if jour in reste})
    if all(besoin[jour] <= reste[jour] for jour in limites):
        return
    for souhait in souhaits:
        siens = [jour for jour in par_groupe[_groupe(souhait)] if jour in reste]
        plein = next((jour for jour in siens if reste[jour] <= 0), None)
        if plein:
            yield souhait, str(complet(prestation.nom, plein))
        else:
            for jour in siens:
                reste[jour] -= 1


def _groupe(souhait: Souhait) -> tuple[date, date | None, Rythme]:
    return souhait.du, souhait.au, souhait.rythme


def _jours(souhait: Souhait, horizon: date) -> list[date]:
    ouverture, rythme = souhait.prestation.ouverture, souhait.rythme
    ouverts = ouverture.scolaire | ouverture.petites_vacances | ouverture.grandes_vacances
    jours = jours_entre(souhait.du, min(horizon, souhait.au or horizon))
    return [jour for jour in jours if rythme.comprend(jour) and ouverts.comprend(jour)]


def _contredit(inscription: Inscription, siennes: list[Inscription]) -> str:
    """As `Inscription._refuser_le_chevauchement` and `NouveauRythme` do, among those of the child."""
    if inscription.au is not None and inscription.au < inscription.du:
        return DANS_L_ORDRE
    if (depuis := inscription.prestation.inactive_depuis) and inscription.du >= depuis:
        return plus_proposee(depuis)
    memes_jours = [une for une in siennes if _se_suivent(inscription, une)]
    payeur, prestation = _payeur(inscription), inscription.prestation_id
    if any(une.prestation_id == prestation and _payeur(une) == payeur for une in memes_jours):
        return DEJA
    if inscription.est_reguliere and any(_a_la_meme_heure(inscription, une) for une in memes_jours):
        return AILLEURS
    return ""


def _a_la_meme_heure(inscription: Inscription, autre: Inscription) -> bool:
    fin = autre.prestation.inactive_depuis
    ouverte = fin is None or fin > inscription.du
    memes_heures = inscription.prestation.horaires.chevauchent(autre.prestation.horaires)
    return ouverte and memes_heures and bool(inscription.regles.rencontre(autre.regles))


def _peut_gener(inscription: Inscription, une: Inscription) -> bool:
    """Bookings of that one, if this one has a pattern; or it was made at the roll, and this one takes it over."""
    if not _se_suivent(inscription, une):
        return False
    memes_heures = inscription.prestation.horaires.chevauchent(une.prestation.horaires)
    meme = une.prestation_id == inscription.prestation_id and _payeur(une) == _payeur(inscription)
    return (une.a_regulariser and meme) or (inscription.est_reguliere and memes_heures)


def _se_suivent(une: Inscription, autre: Inscription) -> bool:
    """On some same day."""
    return une.du <= (autre.au or date.max) and autre.du <= (une.au or date.max)


def _cle(ligne: Enfant | Famille) -> int:
    """Of a row, written or not yet."""
    return ligne.pk or -id(ligne)


def _payeur(inscription: Inscription) -> int:
    """The key of its famille, without reading it."""
    return inscription.famille_id or _cle(inscription.famille)
