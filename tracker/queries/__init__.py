"""What is asked of the database, one function for each page or job that asks."""
