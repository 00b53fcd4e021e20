"""Codes and parameters become sentences here: the only room that writes prose for people.

Pure: plain values and the course's locale in, text out. Nothing reads a sentence back.
"""
