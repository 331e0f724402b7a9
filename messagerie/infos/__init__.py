"""What the centre announces: Markdown goes in, harmless HTML comes out."""
