"""What a browser sends of a form: for those who ask without a browser, the demo town and the tests."""

from django.forms import BaseForm


def saisie(formulaire: BaseForm) -> dict[str, object]:
    """What would be sent of it if nobody touched it."""
    envoi: dict[str, object] = {}
    for champ in formulaire:
        valeur = champ.value()
        if isinstance(valeur, bool):
            envoi |= {champ.html_name: "on"} if valeur else {}
        else:
            prete = champ.field.widget.format_value(valeur)
            envoi[champ.html_name] = (prete[0] if isinstance(prete, list) and prete else prete) or ""
    return envoi
