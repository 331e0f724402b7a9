"""What differs from what was billed, what shares a line."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from facturation.campagne.lignes import regrouper
from facturation.campagne.passe.regularisation import differences
from facturation.prix.article import Article
from facturation.prix.grille import Nature, Unite

LUNDI = date(2026, 10, 5)
PRIX = [Decimal("3.60"), Decimal("1.45"), Decimal("16.80")]
ARTICLES = st.builds(
    Article,
    enfant=st.integers(1, 2),
    prestation=st.integers(1, 2),
    jour=st.integers(0, 20).map(lambda n: LUNDI + timedelta(days=n)),
    nature=st.sampled_from(Nature),
    quantite=st.sampled_from([Decimal(60), Decimal(90), Decimal(15), Decimal("19.80")]),
    unite=st.just(Unite.HEURE),
    prix=st.sampled_from(PRIX),
    explication=st.just("Tranche 1"),
)
# A day is due once.
DUS = st.lists(ARTICLES, unique_by=lambda article: article.cle, max_size=25)


def total(articles: list[Article]) -> Decimal:
    return sum((a.quantite * a.prix for a in articles), Decimal(0))  # € × minutes: nothing is rounded


@given(DUS)
def test_ce_qui_est_deja_facture_ne_differe_de_rien(dus):
    assert differences(dus, dus) == []


@given(DUS, DUS)
def test_une_fois_corrige_il_n_y_a_plus_rien_a_corriger(dus, factures):
    corrections = differences(dus, factures)
    assert differences(dus, [*factures, *corrections]) == []


@given(DUS, DUS)
def test_facturer_puis_corriger_revient_a_facturer_juste(dus, factures):
    assert total(factures) + total(differences(dus, factures)) == total(dus)


@given(DUS, st.integers(0, 25))
def test_en_deux_moities_comme_en_une_fois(dus, milieu):
    """Articles do not depend on how the month is cut."""
    articles = [replace(article, quantite=Decimal(60)) for article in dus]
    moities = [regrouper(articles[:milieu]), regrouper(articles[milieu:])]
    entier = sum((groupe.montant for groupe in regrouper(articles)), Decimal(0))
    assert sum((groupe.montant for moitie in moities for groupe in moitie), Decimal(0)) == entier


@given(st.lists(ARTICLES, max_size=25))
def test_regrouper_ne_perd_ni_n_ajoute_rien(articles):
    groupes = regrouper(articles)
    assert Counter(a for groupe in groupes for a in groupe.articles) == Counter(articles)
    for groupe in groupes:
        assert len({(a.enfant, a.prestation, a.nature, a.prix) for a in groupe.articles}) == 1
        assert [a.jour for a in groupe.articles] == sorted(a.jour for a in groupe.articles)
