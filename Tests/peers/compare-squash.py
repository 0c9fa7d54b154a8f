#!/usr/bin/env python3
"""Is the tree of an image the same after `layerctl convert` and `layerctl squash`, and are manifests kept?

    compare-squash.py IMAGE...     archives or layouts of one image each

umoci unpacks the image before and after; all that compare-tree.py compares is compared. An OCI layout that is converted to an archive and back
must have the manifest that it had, as skopeo shows it. Needs root, umoci and skopeo. The layerctl of $LAYERCTL is taken, or that of $PATH.
Exit status 1 when anything differs.
"""

import os
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True

import treelines  # noqa: E402
import unpackers  # noqa: E402

TOOL = os.environ.get("LAYERCTL", "layerctl")


def layerctl(*words):
    return subprocess.run((TOOL, *words), check=True, capture_output=True, text=True).stdout


def tree(image):
    with tempfile.TemporaryDirectory(prefix="compare-squash-", dir="/var/tmp") as work:
        try:
            return treelines.dump(unpackers.umoci(image, work))
        finally:
            unpackers.unmount(work)


def manifest(layout):
    return subprocess.run(("skopeo", "inspect", "--raw", layout), check=True, capture_output=True).stdout


def compare(image, work):
    name = os.path.basename(image)
    archive, back = f"{work}/converted.tar", f"{work}/back"
    layerctl("convert", image, archive, "--format", "oci-archive")
    layerctl("convert", archive, back, "--format", "oci-dir")
    failed = manifest(f"oci-archive:{archive}") != manifest(f"oci:{back}")
    if os.path.isdir(image) and os.path.exists(f"{image}/oci-layout"):
        failed |= manifest(f"oci:{image}") != manifest(f"oci:{back}")
    before = tree(archive)
    failed |= bool(treelines.report(f"{name}: back", before, tree(back)))
    for label, words in (("all", ["--all"]), ("1 to 2", ["--to", "2"]), ("from 2", ["--from", "2"])):
        squashed = f"{work}/squashed.tar"
        layerctl("squash", archive, "-o", squashed, "--format", "oci-archive", *words)
        failed |= bool(treelines.report(f"{name}: squashed {label}", before, tree(squashed)))
    return failed


def main():
    failed = 0
    for image in sys.argv[1:]:
        with tempfile.TemporaryDirectory(prefix="compare-squash-", dir="/var/tmp") as work:
            failed += compare(image, work)
    print(f"{len(sys.argv) - 1} images, {failed} differ")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
