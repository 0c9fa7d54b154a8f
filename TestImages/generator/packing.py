"""Compressed bytes that stay as they are once committed.

Compressors' output changes with their versions, so a committed file that still unpacks to the wanted content is kept
as it is; only a new or changed content is compressed. zstd and lz4 are the command line tools: where they are missing a
committed file is believed.
"""

import bz2
import gzip
import lzma
import shutil
import subprocess


class MissingTool(Exception):
    pass


def tool(*command, data):
    if not shutil.which(command[0]):
        raise MissingTool(command[0])
    return subprocess.run(command, input=data, stdout=subprocess.PIPE, check=True).stdout


COMPRESS = {
    "gz": lambda data: gzip.compress(data, 9, mtime=0),
    "bz2": bz2.compress,
    "xz": lzma.compress,
    "zst": lambda data: tool("zstd", "-19", "-c", "-q", data=data),
    "lz4": lambda data: tool("lz4", "-9", "-c", "-q", data=data),
}
EXPAND = {
    "gz": gzip.decompress,
    "bz2": bz2.decompress,
    "xz": lzma.decompress,
    "zst": lambda data: tool("zstd", "-d", "-c", "-q", data=data),
    "lz4": lambda data: tool("lz4", "-d", "-c", "-q", data=data),
}
# A zstd frame that decoders are to pass over.
SKIPPABLE_FRAME = b"\x50\x2a\x4d\x18" + (6).to_bytes(4, "little") + b"skip\0\0"


def packed(committed, content, codec, parts=1, prefix=b"", between=b""):
    """`content` in so many members or frames with something before and between them, or the `committed` bytes of it."""
    if committed is not None and committed.startswith(prefix):
        try:
            if EXPAND[codec](committed) == content:
                return committed
        except MissingTool:
            return committed
        except (OSError, EOFError, lzma.LZMAError, subprocess.CalledProcessError):
            pass
    step = -(-len(content) // parts) or 1
    pieces = [content[at : at + step] for at in range(0, len(content), step)] or [b""]
    return prefix + between.join(COMPRESS[codec](piece) for piece in pieces)
