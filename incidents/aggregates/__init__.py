"""What many incidents come to: on the map, over time, by each filter's values. Pages and API show the same figures."""
