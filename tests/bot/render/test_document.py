"""The document of all texts is what the program says: a changed word is a changed line in it."""

from tests.bot.render.document import PATH, document


def test_the_document_is_up_to_date():
    assert PATH.read_text(encoding="utf-8") == document(), "python -m tests.bot.render.document writes it anew"
