"""Hostile bytes for every part that reads something: `targets` hold what must be true, `seeds` what once broke it."""
