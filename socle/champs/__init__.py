"""How the fields of a form are drawn. A field's description comes in, its HTML goes out, as Django would write it."""
