"""What the régie sees of online payments, and of what the Treasury has sent about them."""
