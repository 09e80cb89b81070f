"""What is due, and what would a change cost: pure functions over briefs, plans and finished work."""
