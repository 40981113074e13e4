"""The commands of ``review``, one file each."""
