"""Who it is: a network that sees a face as a vector, alike for one person in whatever light, and unlike for two."""
