"""Letters on paper. A responsable goes in; the lines of their address, or the PDF of their access, come out."""
