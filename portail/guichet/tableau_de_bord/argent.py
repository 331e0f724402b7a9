"""Money on the first page: what is left to pay of all the invoices, and the campaign of the month that has ended."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils import timezone

from facturation.compte.solde import total_impaye
from facturation.models import Regie
from famille.models import Compte
from francais import date_courte, euros, mois_et_annee
from planning.regles.jours import bornes_du_mois
from portail.guichet.tableau_de_bord.tuiles import Tuile
from socle.adresses.formes import adresse_de


def tuiles_de_l_argent(agent: Compte, le: date) -> Iterator[Tuile]:
    """Two queries at most."""
    if agent.has_perm("facturation.view_facture"):
        reste = total_impaye()
        factures = adresse_de("admin:facturation_facture_changelist")
        yield Tuile("restent à payer", euros(reste), f"{factures}?reste=du", "Toutes les factures émises.", reste > 0)
    if agent.has_perm("facturation.view_campagnedefacturation"):
        fin = le.replace(day=1) - timedelta(days=1)
        yield from (
            _campagne(regie, fin, agent) for regie in Regie.objects.avec_campagne(*bornes_du_mois(fin.year, fin.month))
        )


def _campagne(regie: Regie, fin: date, agent: Compte) -> Tuile:
    titre = f"{mois_et_annee(fin)}, {regie.nom}"
    if regie.campagne is None:
        peut = agent.has_perm("facturation.add_campagnedefacturation")
        page = "admin:facturation_campagnedefacturation_" + ("add" if peut else "changelist")
        return Tuile(titre, "À préparer", adresse_de(page), "Campagne de facturation")
    page = adresse_de("admin:facturation_campagnedefacturation_apercu", regie.campagne)
    if regie.campagne_emise_le:
        return Tuile(
            titre, "Émise", page, f"le {date_courte(timezone.localdate(regie.campagne_emise_le))}", attend=False
        )
    return Tuile(titre, "En cours" if regie.campagne_date else "En préparation", page, "Campagne de facturation")
