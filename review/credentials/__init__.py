"""Content Credentials (C2PA): what is signed into every exported video, by whom, and how that is checked.

certificate   the studio's own, made on first start, or the user's
manifest      what a video says of itself: pure
signing       puts it into a copy of a video
verifying     reads and checks it, in plain words
"""
