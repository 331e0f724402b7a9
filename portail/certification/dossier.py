"""All that a parent is asked to read before certifying, person by person, and what of it waits for an answer."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from functools import cached_property

from django.utils.crypto import salted_hmac

from demandes.models import Demande
from famille.fiches.enfant import lire_les_fiches, sections_lues
from famille.fiches.famille import FicheFamille
from famille.fiches.section import Section
from famille.models import Enfant, Famille, Responsable
from socle.adresses.formes import adresse_de


@dataclass(frozen=True)
class Relue:
    """A section to read. `modifier`: where to correct it; `attend`: what was asked of it, and has no answer yet."""

    section: Section
    modifier: str
    attend: str = ""


@dataclass(frozen=True)
class Partie:
    """Of a person, or of the household."""

    titre: str
    sections: list[Relue]


class DossierACertifier:
    """As one of its adults reads it, on that day. Five queries, whatever the number of children."""

    def __init__(self, famille: Famille, *, vu_par: Responsable, le: date) -> None:
        self.famille, self.vu_par, self.le = famille, vu_par, le

    @property
    def a_certifier_depuis(self) -> date | None:
        """None: the centre asks nothing, or it is done. Without a child, there is nothing to book."""
        return next((getattr(enfant, "a_certifier_depuis", None) for enfant in self._enfants), None)

    @cached_property
    def parties(self) -> list[Partie]:
        fiche = FicheFamille(self.famille, vue_par=self.vu_par)
        adultes = [self._relire(section, None) for section in fiche.adultes(avec_la_banque=False)]
        return [Partie("Les parents", adultes), *self._parties_des_enfants()]

    @property
    def empreinte(self) -> str:
        """What the record says, as a code: a line that changes meanwhile is read again before it is certified."""
        dit = [(partie.titre, [asdict(relue.section) for relue in partie.sections]) for partie in self.parties]
        return salted_hmac("portail.certification", json.dumps(dit), algorithm="sha256").hexdigest()

    def _parties_des_enfants(self) -> Iterator[Partie]:
        for enfant in self._enfants:
            sections = sections_lues(enfant, au=self.le)
            yield Partie(enfant.nom_complet, [self._relire(section, enfant) for section in sections])

    def _relire(self, section: Section, enfant: Enfant | None) -> Relue:
        if enfant:
            modifier = adresse_de("demandes:nouvelle_enfant", enfant.pk, section.code)
        else:
            modifier = adresse_de("demandes:nouvelle", section.code)
        demande = self._en_attente.get((section.code, enfant.pk if enfant else None))
        return Relue(section, modifier, demande.get_absolute_url() if demande else "")

    @cached_property
    def _enfants(self) -> list[Enfant]:
        return lire_les_fiches(self.famille.pk, le=self.le)

    @cached_property
    def _en_attente(self) -> dict[tuple[str, int | None], Demande]:
        """By kind and child. Reads nothing of what they contain."""
        attendent = Demande.objects.en_attente().filter(famille=self.famille).only("type", "famille", "enfant_id")
        return {(demande.type, demande.enfant_id): demande for demande in attendent}
