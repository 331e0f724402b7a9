"""La rentrée on the screen: four steps, each counted before it is made, and undone where that can be.

A school year comes in (the next one, or the one that has just begun). Its classes (`famille.scolarite`), inscriptions
(`planning.inscriptions.rentree`), prices (`facturation.rentree`) and papers go out. Nothing is decided here.
"""
