"""Pictures of everything that the studio can draw, for people who choose and for people who mend."""
