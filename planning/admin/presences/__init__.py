"""Who comes, on pages of their own beside a prestation's: its months and its rolls. In: an address, a form that an
animateur sends; out: a page, or a roll saved by `planning.appel`."""
