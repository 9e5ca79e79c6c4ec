"""Papers that go with an answer: made in a thread, and as PDF too where a word processor is there.

The document goes out at once. Its PDF takes seconds: it is made beside, in no transaction, and follows by itself; where
that fails, or the program ends meanwhile, the document is there all the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.errands import TooBusy
from bot.exchange.pdf import Converter
from bot.outgoing.messages import File, OutgoingMessage
from bot.render.message import Message
from bot.texts import review as t
from bot.texts import words as w
from handlers.context import Caller, HandlerContext

Made = Callable[[], list[tuple[str, bytes]]]
"""Makes documents: name and content."""


async def hand_out(tools: HandlerContext, who: Caller, outgoing: OutgoingMessage, made: Made, without: Message) -> None:
    """Send a message with documents, and their PDFs behind it.

    Args:
        without: what is sent instead where nothing can be made now.
    """
    files = await documents(tools, who, made)
    message = outgoing if files else replace(outgoing, message=without)
    await tools.service.say([replace(message, files=files)], cause=who.cause, requester=who.requester)
    follow_with_pdf(tools, who, outgoing, files)


async def documents(tools: HandlerContext, who: Caller, made: Made) -> tuple[File, ...]:
    """Return documents, none where too much waits already."""
    try:
        contents = await tools.errands.run(who.person.id, made)
    except TooBusy:
        return ()
    return tuple(File(name=name, content=content) for name, content in contents)


def follow_with_pdf(tools: HandlerContext, who: Caller, outgoing: OutgoingMessage, files: tuple[File, ...]) -> None:
    """Begin to make PDFs of documents that are under way, where a word processor is there."""
    if tools.converter is not None and files:
        tools.converter.begin(_follow(tools, tools.converter, who, outgoing, files))


async def _follow(
    tools: HandlerContext, converter: Converter, who: Caller, outgoing: OutgoingMessage, files: tuple[File, ...]
) -> None:
    made = []
    for file in files:
        content = await converter.pdf(file.content)
        if content is not None:
            name = file.name.rpartition(".")[0]
            made.append(File(name=t.PDF_NAME.format(name=name), content=content))
    if made:
        mark = outgoing.message.mark
        text = t.PDF_FOLLOWS.format(names=w.LIST.join(file.name for file in made))
        message = Message(f"{mark}{text}\n{mark}" if mark else text, mark=mark)
        following = replace(outgoing, message=message, files=tuple(made), reply_to_message=None, ring=False)
        await tools.service.say([following], cause=f"{who.cause}:pdf", requester=replace(who.requester, update_id=None))
