"""Take out of a PDF who made it, when and with what: its Info, its XMP, thumbnails, what programs left, photos' EXIF.

Only what is reachable is written again, so earlier states of the document are gone as well. Whoever signed it: the
signature does not hold any more. Read with pypdf, in a process of its own: a hostile PDF may be slow and large.
"""

import io
from contextlib import suppress

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, PdfObject, StreamObject

from bot.imaging.stripping import JPEG, strip

TELLING = ("/Metadata", "/PieceInfo", "/Thumb", "/LastModified", "/CreationDate", "/ModDate", "/M")
"""XMP, what programs left, thumbnails; when a page, a mark on it or an attached file was made."""


class NoDocument(ValueError):
    """It is encrypted, or cannot be read."""


def bare(data: bytes) -> bytes:
    """The document without what it tells of its making. NoDocument where that cannot be had."""
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            raise NoDocument("encrypted")
        _hush(reader.root_object)
        writer = PdfWriter()
        writer.clone_reader_document_root(reader)
        writer.metadata = None
        out = io.BytesIO()
        writer.write(out)
    except (PyPdfError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError) as error:
        raise NoDocument("unreadable") from error
    return out.getvalue()


def _hush(root: PdfObject) -> None:
    """Take what tells too much out of everything that can be reached, before it is copied."""
    seen, waiting = set[object](), [root]
    while waiting:
        each: PdfObject | None = waiting.pop()
        if isinstance(each, IndirectObject):
            if (each.idnum, each.generation) in seen:
                continue
            seen.add((each.idnum, each.generation))
            each = each.get_object()
        if isinstance(each, DictionaryObject):
            for name in TELLING:
                each.pop(name, None)
            waiting += [each.raw_get(name) for name in each]
            if isinstance(each, StreamObject):
                _hush_photo(each)
        elif isinstance(each, ArrayObject):
            waiting += list(each)


def _hush_photo(stream: StreamObject) -> None:
    """A photo in the document is a JPEG file as its camera wrote it."""
    content = stream._data
    if isinstance(content, bytes) and content.startswith(JPEG):
        with suppress(ValueError):
            stream._data = strip(content)
