"""Tables that leave the portal as a file. A `Feuille` (columns, rows) comes in; CSV or XLSX goes out, row by row.

`liste` makes one of any list of the admin; `page` is what every list gets: see `Administration.register`. Nothing that
is encrypted at rest leaves this way, and no cell begins a formula.
"""
