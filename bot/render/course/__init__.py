"""The course of an incident as its log tells it: ``steps`` puts it in order, a file a topic has the words."""
