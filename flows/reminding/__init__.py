"""By when a case must be decided, and who is told."""
