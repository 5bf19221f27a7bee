"""Never the opposite: the one gate that every proposal passes before it becomes an event."""
