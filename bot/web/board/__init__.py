"""The wall of the duty room (值班室大屏) and the board: pages kept up to date by server-sent events.

``display`` holds what the screens of one jurisdiction show, ``feed`` looks at the database when something was
committed, ``stream`` pushes the difference, ``routes`` are the pages. Nothing here changes a case.
"""
