"""Every word that a person sees, in zh-CN, and nothing else: one file a topic.

``*…*`` is bold, ``{name}`` a value, and a line with an empty ``{name?}`` falls away (see :func:`bot.render.text.fill`).
What is looked up by a key stands in the topic's ``LABELS``, ``HELP``, ``MESSAGES``, ``POPUPS``, ``REFUSALS`` and
``NOTICE_NAMES``; :mod:`bot.render.catalogue` gathers them and refuses a key that two topics have.
"""
