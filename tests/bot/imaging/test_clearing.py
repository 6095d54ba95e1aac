"""Sounds, films, moving pictures and documents lose what they tell of their making, and nothing of their content."""

import io
import struct
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from bot.imaging.clearing import clear
from bot.imaging.document import NoDocument, bare
from tests.bot.imaging import made_files as made
from tests.bot.imaging.made_files import FRAMES, SECRET
from tests.bot.imaging.test_film import box
from tests.photos import jpeg, scene

TOLD = (b"Sri", b"109.38", b"2027")


def pages(data: bytes) -> list[bytes]:
    return [b"OggS" + each for each in data.split(b"OggS")[1:]]


def says_nothing(data: bytes) -> bool:
    return not any(each in data for each in TOLD)


RECORDINGS = {
    "opus": made.VOICE_NOTE,
    "vorbis": made.ogg(made.VORBIS, made.comments(b"\x03vorbis", end=b"\x01"), b"\x05vorbis codebooks"),
    "theora": made.ogg(made.THEORA, made.comments(b"\x81theora"), b"\x82theora tables"),
    "speex": made.ogg(made.SPEEX, made.comments(b"")),
    "flac": made.ogg_flac(),
    "over pages": made.ogg_over_pages(),
}


@pytest.mark.parametrize("kind", RECORDINGS)
def test_a_recording_in_ogg_loses_its_comments_and_stays_where_it_stood(kind: str) -> None:
    before = RECORDINGS[kind]
    after = clear(before)
    assert not says_nothing(before)
    assert says_nothing(after)
    assert len(after) == len(before)
    assert pages(after)[-1] == pages(before)[-1]
    for page in pages(after):
        assert struct.unpack_from("<I", page, 22)[0] == made.ogg_sum(page)
    assert clear(after) == after


def test_what_players_look_for_in_the_comments_is_still_there() -> None:
    nothing = bytes(8)
    assert b"OpusTags" + nothing in clear(RECORDINGS["opus"])
    assert b"\x03vorbis" + nothing + b"\x01" in clear(RECORDINGS["vorbis"])
    assert b"\x05vorbis codebooks" in clear(RECORDINGS["vorbis"])
    assert b"\x82theora tables" in clear(RECORDINGS["theora"])


@pytest.mark.parametrize("cut", [60, 90, 120, 150])
def test_a_voice_note_that_breaks_off_in_its_comments_is_kept_and_tells_nothing(cut: int) -> None:
    before = made.VOICE_NOTE[:cut]
    after = clear(before)
    assert len(after) == cut
    assert says_nothing(after)


def test_a_second_stream_and_one_that_follows_tell_nothing_either() -> None:
    video = [made.ogg_page([made.THEORA], number=0, flags=2, serial=9)]
    video += [made.ogg_page([made.comments(b"\x81theora"), b"\x82theora"], number=1, serial=9)]
    assert says_nothing(clear(video[0] + made.VOICE_NOTE[:38] + video[1] + made.VOICE_NOTE[38:] + made.VOICE_NOTE))


@pytest.mark.parametrize("endless", [False, True])
def test_a_film_in_webm_loses_its_tags_and_keeps_every_offset(endless: bool) -> None:
    before = made.webm(endless=endless)
    after = clear(before)
    assert before.count(SECRET) == 7
    assert says_nothing(after)
    assert len(after) == len(before)
    assert after.index(FRAMES) == before.index(FRAMES)
    assert after.index(b"\x2a\xd7\xb1") == before.index(b"\x2a\xd7\xb1")
    assert clear(after) == after


@pytest.mark.parametrize("cut", [100, 200, 250, 1300, 1450])
def test_a_film_in_webm_that_breaks_off_is_kept_and_tells_nothing(cut: int) -> None:
    after = clear(made.webm()[:cut])
    assert len(after) == cut
    assert says_nothing(after)


def test_a_film_that_is_broken_in_the_middle_tells_nothing_behind_it() -> None:
    whole = made.webm()
    at = whole.index(b"\x1f\x43\xb6\x75")
    after = clear(whole[:at] + bytes(40) + whole[at:])
    assert says_nothing(after)
    assert FRAMES in after


@pytest.mark.parametrize("length", [*range(3, 8), 127, 128, 129, 130, 300])
def test_what_is_taken_out_of_a_film_leaves_room_of_the_same_length(length: int) -> None:
    size = bytes((0x80 | length,)) if length < 127 else b"\x40" + bytes((length,)) if length < 256 else b"\x41\x2c"
    title = b"\x7b\xa9" + size + b"x" * length
    film = made.element(0x1A45DFA3, b"") + made.element(0x18538067, made.element(0x1549A966, title + b"\xec\x81\x07"))
    after = clear(film)
    assert len(after) == len(film)
    assert b"xx" not in after
    assert after.endswith(b"\xec\x81\x07")


def moving() -> bytes:
    out = io.BytesIO()
    frames = [scene(n, size=(80, 60)).convert("P") for n in range(3)]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], duration=80, disposal=2)
    return out.getvalue()


def test_a_gif_loses_its_words_and_goes_on_moving() -> None:
    plain = moving()
    after = clear(made.telling_gif(plain))
    shown, known = Image.open(io.BytesIO(after)), Image.open(io.BytesIO(plain))
    assert says_nothing(after)
    assert made.LOOP in after
    assert (shown.n_frames, shown.info["loop"]) == (3, 0)
    for number in range(3):
        shown.seek(number)
        known.seek(number)
        assert shown.convert("RGB").tobytes() == known.convert("RGB").tobytes()
        assert shown.info["duration"] == 80
    assert after.replace(made.LOOP, b"") == plain
    assert clear(after) == after


@pytest.mark.parametrize("cut", [5, 12, 20, 900, 1000, 3000])
def test_a_gif_that_breaks_off_is_kept_up_to_there(cut: int) -> None:
    after = clear(made.telling_gif(moving())[:cut])
    assert says_nothing(after)
    assert after.startswith(b"GIF8")


def test_an_avif_picture_loses_exif_and_xmp_and_is_no_less_a_picture() -> None:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F], exif[0x8825] = SECRET.decode(), {1: "S", 2: (6.0, 53.0, 30.0), 3: "E", 4: (109.0, 22.0, 50.0)}
    scene(5).save(out, "AVIF", exif=exif, xmp=b"<x>" + SECRET + b"</x>")
    after = clear(out.getvalue())
    assert SECRET in out.getvalue()
    assert SECRET not in after
    shown = Image.open(io.BytesIO(after))
    assert shown.tobytes() == Image.open(io.BytesIO(out.getvalue())).tobytes()
    assert not shown.getexif().get_ifd(0x8825)


def heic(*, wide: bool = False) -> bytes:
    """A picture as phones send it: items in the file and in the box itself."""
    version = 3 if wide else 2
    ids = [struct.pack(">I" if wide else ">H", each) for each in (1, 2, 3)]
    kinds = (b"hvc1\0", b"Exif\0", b"mime\0application/rdf+xml\0")
    entries = b"".join(
        box(b"infe", bytes((version, 0, 0, 0)) + which + bytes(2) + kind)
        for which, kind in zip(ids, kinds, strict=True)
    )
    items = box(b"iinf", bytes(4) + struct.pack(">H", 3) + entries)
    handler = box(b"hdlr", bytes(8) + b"pict" + bytes(13))
    head = box(b"ftyp", b"heicmif1")

    def meta(first: int) -> bytes:
        places = ((0, first, len(FRAMES)), (0, first + len(FRAMES), len(SECRET)), (1, 0, len(SECRET)))
        told = b"".join(
            which + struct.pack(">HHHII", way, 0, 1, begin, length)
            for which, (way, begin, length) in zip(ids, places, strict=True)
        )
        count = struct.pack(">I" if wide else ">H", 3)
        located = box(b"iloc", bytes((2 if wide else 1, 0, 0, 0)) + b"\x44\0" + count + told)
        return box(b"meta", bytes(4) + handler + items + located + box(b"idat", SECRET))

    size = len(head) + len(meta(0)) + 8
    return head + meta(size) + box(b"mdat", FRAMES + SECRET)


@pytest.mark.parametrize("wide", [False, True])
def test_a_heic_picture_loses_exif_and_xmp_wherever_they_lie_and_nothing_else(wide: bool) -> None:
    before = heic(wide=wide)
    after, at = clear(before), before.rindex(SECRET)
    assert len(after) == len(before)
    assert says_nothing(after)
    assert (after[:at].replace(b" " * len(SECRET), SECRET), after[at:].strip(b"\0")) == (
        before[:at],
        b"MM\0*\0\0\0\x08",
    )


def test_a_hostile_picture_that_names_one_place_again_and_again_takes_no_time() -> None:
    entry = struct.pack(">HHHH", 2, 0, 0, 60_000) + struct.pack(">II", 0, 0xFFFFFFFF) * 60_000
    exif = box(b"infe", b"\2\0\0\0" + struct.pack(">HH", 2, 0) + b"Exif\0")
    meta = box(b"hdlr", bytes(8) + b"pict" + bytes(13)) + box(b"iinf", bytes(4) + struct.pack(">H", 1) + exif)
    meta += box(b"iloc", b"\1\0\0\0\x44\0" + struct.pack(">H", 1) + entry)
    hostile = box(b"ftyp", b"heic") + box(b"meta", bytes(4) + meta)
    assert len(clear(hostile)) == len(hostile)


def test_boxes_within_boxes_without_end_bring_nothing_down() -> None:
    hostile = b"".join(struct.pack(">I4s", 8 * (5000 - n), b"moov") for n in range(5000))
    assert len(clear(box(b"ftyp", b"isom") + hostile)) == len(hostile) + 12


def test_a_song_without_a_tag_in_front_loses_the_one_behind() -> None:
    sound = b"\xff\xfb\x90\x00" * 40
    assert clear(sound + b"TAG" + SECRET.ljust(125, b"\0")) == sound


HEADS = [b"GIF89a", b"OggS\0\2", b"\x1aE\xdf\xa3\x80\x18\x53\x80\x67\x80", b"\0\0\0\x10ftypheic\0\0\0\0"]


@given(st.sampled_from(HEADS), st.binary(max_size=600))
def test_whatever_stands_behind_the_first_bytes_is_kept_in_bounds(head: bytes, data: bytes) -> None:
    try:
        assert len(clear(head + data)) <= len(head) + len(data)
    except ValueError:
        assert b"ftyp" in head


@given(st.sampled_from([made.VOICE_NOTE, made.webm(), made.telling_gif(moving()), heic()]), st.data())
def test_a_file_with_a_few_bytes_wrong_is_kept(whole: bytes, data: st.DataObject) -> None:
    broken = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 4))):
        broken[data.draw(st.integers(12, len(broken) - 1))] = data.draw(st.integers(0, 255))
    try:
        assert len(clear(bytes(broken))) <= len(broken)
    except ValueError:
        assert whole[4:8] == b"ftyp"


def photo() -> bytes:
    exif = Image.Exif()
    exif[0x010F] = SECRET.decode()
    return jpeg(scene(6, size=(120, 90)), exif=exif)


def test_a_pdf_loses_author_dates_thumbnail_and_what_its_photo_tells() -> None:
    before = made.pdf(photo())
    after = bare(before)
    read = PdfReader(io.BytesIO(after))
    assert SECRET in before
    assert says_nothing(after)
    assert not read.metadata
    assert read.xmp_metadata is None
    assert "/ID" not in read.trailer
    assert "Surat keterangan" in read.pages[0].extract_text() or b"Surat keterangan" in after
    assert b"mohon dibaca" in after
    assert len(read.pages[0].images) == 1


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"%PDF-1.7\n" + b"x" * 500, made.pdf(b"", password="x")])
def test_a_pdf_that_is_encrypted_or_cannot_be_read_says_so(data: bytes) -> None:
    with pytest.raises(NoDocument):
        bare(data)


@given(st.data())
def test_a_broken_pdf_comes_to_nothing_worse_than_that(data: st.DataObject) -> None:
    broken = bytearray(made.pdf(b""))
    for _ in range(data.draw(st.integers(1, 6))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    try:
        bare(bytes(broken))
    except NoDocument:
        return


def test_the_process_that_reads_documents_ends_with_3_where_it_cannot() -> None:
    for data, code in ((made.pdf(photo()), 0), (b"%PDF-1.7", 3)):
        command = [sys.executable, "-m", "bot.imaging", "bare"]
        done = subprocess.run(command, input=data, capture_output=True, check=False)
        assert (done.returncode, done.stdout[:4]) == (code, b"%PDF" if code == 0 else b"")
