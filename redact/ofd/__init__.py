"""The Chinese standard for fixed pages: GB/T 33190."""
