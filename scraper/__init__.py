"""Finds topics: sources, guarded fetching, cleaning, dedupe, scoring. `job.scrape` is the way in."""
