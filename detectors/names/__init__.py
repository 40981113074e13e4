"""Names of persons: by form, label, table, statistics and neighbours."""
