"""The roll: who is expected on a day goes in, what was said of each child comes out, saved in one go."""
