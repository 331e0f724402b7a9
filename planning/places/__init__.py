"""Places of a prestation on a day. Prestations and days come in; how many are expected, how many are left, go out.

Taking one (`prise`) is the only thing that waits: for whoever takes a place of the same prestation on the same day.
"""
