"""Files that go out to people or come in from them: documents, tables, calendars, QR codes. Bytes in, plain data out.

Each library is known to one module here and loaded when it is needed.
"""
