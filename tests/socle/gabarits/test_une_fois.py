"""A part of a page that is drawn once for the same values, and shows nothing else."""

import pytest
from django.template import Context, Template, TemplateSyntaxError

from socle.templatetags.une_fois import MAXIMUM


class Commune:
    """Counts how often its name is read. Two of the same name are equal, as two readings of the settings are."""

    def __init__(self, nom):
        self._nom, self.lectures = nom, 0

    def __eq__(self, autre):
        return self._nom == autre._nom

    def __hash__(self):
        return hash(self._nom)

    @property
    def nom(self):
        self.lectures += 1
        return self._nom


PIED = Template("{% une_fois commune %}<footer>{{ commune.nom }}{{ famille }}</footer>{% endune_fois %}")


def dessine(gabarit, **contexte):
    return gabarit.render(Context(contexte))


def test_dessine_une_fois_pour_les_memes_valeurs():
    premiere, seconde = Commune("Saint-Jean"), Commune("Saint-Jean")
    assert dessine(PIED, commune=premiere) == dessine(PIED, commune=seconde) == "<footer>Saint-Jean</footer>"
    assert (premiere.lectures, seconde.lectures) == (1, 0)


def test_d_autres_valeurs_le_redessinent():
    assert dessine(PIED, commune=Commune("Colomiers")) == "<footer>Colomiers</footer>"
    assert dessine(PIED, commune=Commune("Balma")) == "<footer>Balma</footer>"
    assert dessine(PIED, commune=Commune("Colomiers")) == "<footer>Colomiers</footer>"


def test_ce_qui_n_est_pas_nomme_ne_s_y_voit_pas():
    assert "DUPONT" not in dessine(PIED, commune=Commune("Muret"), famille="DUPONT")


def test_une_valeur_sous_un_autre_nom():
    mois = Template("{% une_fois choisi=grille.mois %}[{{ choisi }}]{% endune_fois %}")
    assert [dessine(mois, grille={"mois": n}) for n in (4, 5, 4)] == ["[4]", "[5]", "[4]"]


def test_ce_qui_s_y_dessine_reste_echappe():
    assert dessine(PIED, commune=Commune("<script>")) == "<footer>&lt;script&gt;</footer>"


def test_les_nombres_y_suivent_la_regle_de_la_page():
    corps = "{% une_fois n %}{{ n }}{% endune_fois %}"
    page = Template("{% load l10n %}" + corps + "{% localize off %}" + corps + "{% endlocalize %}")
    assert dessine(page, n=1234.5) == "1234,51234.5"


def test_une_valeur_qui_peut_changer_se_refuse():
    with pytest.raises(TypeError, match="unhashable"):
        dessine(PIED, commune=["Saint-Jean"])


def test_il_n_en_garde_pas_sans_fin():
    gabarit = Template("{% une_fois n %}{{ n }}{% endune_fois %}")
    assert [dessine(gabarit, n=n) for n in range(3 * MAXIMUM)] == [str(n) for n in range(3 * MAXIMUM)]
    assert len(gabarit.nodelist[0].dessins) <= MAXIMUM


@pytest.mark.parametrize("mots", ["commune.nom", "'texte'", "commune|upper"])
def test_on_nomme_ce_qu_il_lit(mots):
    with pytest.raises(TemplateSyntaxError):
        Template("{% une_fois " + mots + " %}{% endune_fois %}")
