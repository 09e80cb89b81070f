"""What engines share whose models the user fetches in diffusers' folder format."""
