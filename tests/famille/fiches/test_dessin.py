"""What a record says is drawn by hand: to the byte what the template said, and nothing of it is a tag."""

from django.template import Context, Template

from famille.fiches.section import Section
from famille.templatetags.fiches import (
    NON_RENSEIGNE,
    ancre,
    cellules,
    champs,
    ou_non_renseigne,
    sommaire,
    tetes_de_colonnes,
    titre,
)

PIEGE = "<b>Noé & l’\"ami\"</b> 'x'"
CHAMPS = [{"libelle": "Nom", "valeur": "DUPONT"}, {"libelle": PIEGE, "valeur": PIEGE}]


def test_un_champ_se_dessine_comme_dans_un_gabarit():
    gabarit = "{% for c in champs %}<div><dt>{{ c.libelle }}</dt><dd>{{ c.valeur }}</dd></div>{% endfor %}"
    assert champs(CHAMPS) == Template(gabarit).render(Context({"champs": CHAMPS}))
    assert "<b>" not in champs(CHAMPS)


def test_une_rangee_dit_sa_colonne_a_chaque_valeur():
    rangee = [("Personne", "Odile BERNARD"), (PIEGE, PIEGE)]
    gabarit = '{% for c, v in rangee %}<td data-libelle="{{ c }}">{{ v }}</td>{% endfor %}'
    assert cellules(rangee) == Template(gabarit).render(Context({"rangee": rangee}))


def test_une_section_s_annonce_comme_dans_un_gabarit():
    section = Section("regime", PIEGE, colonnes=["Personne", PIEGE])
    attendus = {
        '<li><a href="#{{ s.code }}">{{ s.titre }}</a></li>': sommaire([section]),
        'id="{{ s.code }}" aria-labelledby="titre-{{ s.code }}"': ancre(section),
        '<h2 id="titre-{{ s.code }}">{{ s.titre }}</h2>': titre(section),
        '{% for c in s.colonnes %}<th scope="col">{{ c }}</th>{% endfor %}': tetes_de_colonnes(section.colonnes),
    }
    for gabarit, dessin in attendus.items():
        assert dessin == Template(gabarit).render(Context({"s": section}))


def test_ce_qui_manque_se_voit_et_s_entend():
    assert champs([{"libelle": "Mobile", "valeur": ""}]) == f"<div><dt>Mobile</dt><dd>{NON_RENSEIGNE}</dd></div>"
    assert cellules([("Téléphone", "")]) == f'<td data-libelle="Téléphone">{NON_RENSEIGNE}</td>'
    assert (ou_non_renseigne(""), ou_non_renseigne("<i>")) == (NON_RENSEIGNE, "&lt;i&gt;")
    assert '<span class="visually-hidden">non renseigné</span>' in NON_RENSEIGNE
