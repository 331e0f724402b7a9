"""Does the town's growth slow a page? In: the size of a big town, its years. Out: each page there, beside a small one.

`villes` makes both (`lignes` says what is copied, `copie` how), `mesures` asks for the pages, `lectures` counts what
PostgreSQL read, `tableau` tells.
"""
