"""The gateway: the one listening port. Who comes in is known by name and does what he may."""
