"""Flows: everything that touches disk, clock, people and Prefect."""
