"""ComfyUI as an outside backend: the user's own workflows, on the user's own server, for scene and motion.

ComfyUI is under the GPL and stays a program of its own: it is spoken to over HTTP and a websocket, and nothing else.
"""
