"""Assignments, their rules' homes and the blogs assigned to students."""
