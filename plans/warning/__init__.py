"""A warning (预警): from the text that brings it until whoever issued it lifts it."""
