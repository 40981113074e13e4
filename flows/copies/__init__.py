"""What the people of a case look at: review copies, pictures of pages, highlighted drafts."""
