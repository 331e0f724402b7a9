"""Nobody's work is overwritten in silence: whoever saves a record that has changed since their page was drawn is told.

`etat` is what a page would send if nobody touched it, sealed in the page; `relecture` reads what is sent beside what
the record has become, `ecarts` says it in French, `rangees` is the form that comes back; `page` the mixin.
"""
