"""PDF: pages rewritten glyph by glyph, or as pictures where that cannot be proved."""
