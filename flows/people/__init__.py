"""The staff register and how people prove who they are."""
