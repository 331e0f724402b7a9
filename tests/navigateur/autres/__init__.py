"""The walk in the other engines that parents have: Firefox and WebKit (Safari’s). `bin/test --complet` only."""
