"""Real-ESRGAN: pictures with more pixels. Our own network, which loads the published checkpoints.

The library that knows them (spandrel) brings torchvision, whose build has to fit torch's to the letter: where it does not,
diffusers and transformers cannot be imported any more. The network is small, so it is written here.
"""
