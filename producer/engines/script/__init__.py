"""Engines that write the script: ScriptRequest → Script. And `direct`: the user's own words as a script."""
