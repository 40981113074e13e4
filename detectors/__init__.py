"""Detectors: one file for each kind of thing found, all run by ``detectors.run``."""
