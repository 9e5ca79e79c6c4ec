"""Every word that a person sees, in zh-CN, and nothing else.

``*…*`` is bold, ``{name}`` a value, and a line with an empty ``{name?}`` falls away (see :func:`bot.render.text.fill`).
"""
