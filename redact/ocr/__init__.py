"""Text in pictures of pages, read by machine, and what a person must look at."""
