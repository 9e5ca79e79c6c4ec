"""Tocsin 警钟: the program around the pure core."""
