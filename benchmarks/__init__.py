"""Measurements of this project and of what people would use instead; each prints its command.

A regular package, because one called ``benchmarks`` anywhere on the path would win over a
namespace. Nothing here is shipped in the wheel or imported by it.
"""
