"""« Renoncer », on the page that asks: nothing is done, and what was sent comes back as it was sent.

Whatever asked sends the same form again, with the name of that button (`renoncer`); a record comes back with what was
typed (`fiche`), a list with what was ticked (`liste`).
"""
