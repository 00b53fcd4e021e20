"""The invented web: blogs that behave as WordPress, Blogger and plainer sites do."""
