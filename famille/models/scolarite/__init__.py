"""What becomes of a child at school from one year to the next: a class comes in, the class it goes up to goes out."""
