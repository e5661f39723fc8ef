"""What an edition survives: being killed, a full disk, a folder that may not be written, two who publish at once, a flipped bit."""
