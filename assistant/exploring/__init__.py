"""What the library holds to look through: practices and events as rows, chosen, sorted and placed.

Pure functions from records in their published form to rows, pages, points of a map and lanes of a
timeline. This package knows no service and no page, makes no markup and asks for nothing.
"""
