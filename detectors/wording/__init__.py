"""What is written wrongly or contradicts itself; told, never changed."""
