"""A JSON object that PostgreSQL only ever sees encrypted."""

import json

from famille.chiffrement import Secret, TexteChiffre


class JsonChiffre(TexteChiffre):
    """A JSON object, encrypted at rest, decrypted when its attribute is read. An empty one stays empty text."""

    def depuis_texte(self, texte: str) -> dict:
        return json.loads(texte)

    def from_db_value(self, valeur, expression, connection):
        return Secret(valeur) if valeur else {}

    def get_prep_value(self, valeur):
        if isinstance(valeur, Secret) or not valeur:
            return super().get_prep_value(valeur)
        return super().get_prep_value(json.dumps(valeur))

    def to_python(self, valeur):
        return valeur
