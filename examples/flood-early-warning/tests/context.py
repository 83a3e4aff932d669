"""Lets the tests find the scripts, and keeps compiled files out of the folders."""
import os
import sys

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
EXAMPLE = os.path.dirname(HERE)
SCRIPTS = os.path.join(EXAMPLE, "scripts")
DATA = os.path.join(EXAMPLE, "data")
sys.path[:0] = [SCRIPTS, EXAMPLE]
