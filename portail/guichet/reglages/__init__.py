"""What the direction sets in the browser, a screen for each: `page` is what they share, `versions` what changed since.

In: a form, of somebody who holds « Peut régler le portail ». Out: a version more of a setting (`socle.reglages`), or
the verb of an account or of a group. Each screen tells who changed what, from what, to what.
"""
