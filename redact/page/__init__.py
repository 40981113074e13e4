"""Pages: glyphs, lines and blocks with their places; rasters; what stands where text was."""
