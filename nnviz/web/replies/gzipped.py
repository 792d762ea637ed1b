"""Gzip for replies that are wanted at once: quick, and it leaves alone what does not get smaller.

Of a reading's numbers those with zeros among them, a ReLU's maps or pixels, shrink to a fifth;
those of a tanh not at all: they are stored as they are (RFC 1951, section 3.2.4), and what comes
before is compressed in an eighth of the time.
"""

import struct

try:
    from isal import isal_zlib as zlib  # a third of the time, and a little smaller

    QUICKEST = 0
except ImportError:  # a kind of processor that it does not come for
    import zlib  # type: ignore[no-redef]

    QUICKEST = 1

QUICK = 1
RAW, GZIP = -15, 31  # what zlib calls a stream without and with gzip's header
HEADER = bytes.fromhex("1f8b08000000000004ff")  # deflate, no time, the quickest, no matter where
LARGEST = 65_535  # bytes of a stored block


def gzipped(content: bytes, stored: int) -> bytes:
    """By gzip, of which the last so many bytes need not get smaller."""
    if not len(content) / 2 < stored <= LARGEST:
        whole = zlib.compressobj(QUICK, zlib.DEFLATED, GZIP)
        return bytes(whole.compress(content) + whole.flush())
    begins = len(content) - stored
    first = zlib.compressobj(QUICKEST, zlib.DEFLATED, RAW)
    return b"".join(
        [
            HEADER,
            first.compress(content[:begins]),
            first.flush(zlib.Z_SYNC_FLUSH),  # up to a whole byte, and not the end
            struct.pack("<BHH", 1, stored, stored ^ LARGEST),  # the last block, its length twice
            content[begins:],
            struct.pack("<II", zlib.crc32(content), len(content)),
        ]
    )
