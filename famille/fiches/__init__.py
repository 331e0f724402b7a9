"""Records as pages show them. A famille or a child goes in, sections of labelled values come out."""
