"""Find candidates for a name quickly. Recall is its only virtue; it never decides."""
