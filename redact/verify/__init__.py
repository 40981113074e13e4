"""Readers of outputs, sharing no code with the writers, and the proof that they give."""
