"""`run.py evaluate`: how well and how fast the engines of this machine do, on scripts that are the same every time.

suites      what is said
running     one scenario by one voice, made and measured
records     what was measured, as JSON files; tables and trends of them
"""
