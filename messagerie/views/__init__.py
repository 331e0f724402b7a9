"""The parents' pages of words: « Boîte de réception » and « Infos/Documents »."""
