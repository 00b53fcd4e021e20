"""Who commented, and does it count? The whole program in one sentence.

A feed comes in (`feeds`), its entries become comments (`models`), comments are matched to
students with evidence (`matching`), matched comments are graded (`grading`), and grades are
shown (`web`) and handed out (`exports`). `jobs` joins two steps and commits; `queries` asks.
"""
