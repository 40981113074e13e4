"""The OpenDocument formats: odt, ods."""
