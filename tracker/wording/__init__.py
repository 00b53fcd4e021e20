"""Codes and parameters that are stored become sentences here. A page's own labels stand with the page.

Pure: plain values and the course's locale in, text out. Nothing reads a sentence back.
"""
