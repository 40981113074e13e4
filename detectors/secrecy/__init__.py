"""Marks of secrecy and what is left of them (保密法 64; GB/T 9704-2012, 7.2.2)."""
