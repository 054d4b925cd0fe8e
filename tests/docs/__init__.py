"""Tests of the documentation as its readers meet it: pages, numbers, walks, and the built site."""
