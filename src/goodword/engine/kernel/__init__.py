"""The compiled part: plain loops over flat arrays, made machine code by numba on the first call.

Imported by those who compute, not by those who only read the engine's types: numba takes half a second and some
60 MB. `tests/engine/reference` holds the same rules in numpy, one array operation at a time; both must agree.
"""
