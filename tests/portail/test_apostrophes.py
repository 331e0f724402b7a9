"""What Django says in French has our apostrophes, on pages and in their scripts."""

import re

from django.utils.translation import gettext, ngettext, override

DROITE = re.compile(r"\w'\w")


def test_ce_que_django_dit_a_nos_apostrophes():
    assert gettext("The {name} “{obj}” was added successfully.").startswith("L’objet {name}")
    un, plusieurs = (f"Ensure that there are no more than %(max)s digit{s} in total." for s in ("", "s"))
    assert [DROITE.search(ngettext(un, plusieurs, nombre)) for nombre in (1, 2)] == [None, None]
    with override("en"):
        assert gettext("Today") == "Today"


def test_les_scripts_des_agents_aussi(directrice, client):
    client.force_login(directrice)
    lus = client.get("/admin/jsi18n/").text
    assert "Aujourd\\u2019hui" in lus or "Aujourd’hui" in lus
    assert DROITE.findall(lus.partition("const newcatalog")[2].partition("};")[0]) == []
