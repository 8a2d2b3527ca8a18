"""What people would otherwise use, on the same articles, each in an environment of its own."""
