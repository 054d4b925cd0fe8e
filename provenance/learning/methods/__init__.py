"""Methods of truth discovery and label aggregation, a module for each family of papers."""
