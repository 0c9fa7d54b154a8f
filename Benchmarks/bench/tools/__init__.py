"""The tools that are measured, one module each."""
from bench.tools.archivers import BsdTar, Copy, Floor, GnuTar
from bench.tools.base import Place, Step, Tool, Unable
from bench.tools.buildah import Buildah
from bench.tools.containerd import Containerd
from bench.tools.docker import Docker
from bench.tools.layerctl import Layerctl
from bench.tools.podman import Podman, PodmanVfs
from bench.tools.skopeo import Skopeo
from bench.tools.storage import ContainersStorage
from bench.tools.umoci import Umoci, UmociRaw

OURS = (lambda place: Layerctl(place, "none"), lambda place: Layerctl(place, "full"))
PEERS = {"docker": Docker, "containerd": Containerd, "podman": Podman, "podman-vfs": PodmanVfs, "buildah": Buildah, "skopeo": Skopeo, "umoci": Umoci,
         "umoci-raw": UmociRaw, "containers-storage": ContainersStorage, "tar": GnuTar, "bsdtar": BsdTar, "cp": Copy}
FLOORS = (lambda place: Floor(place, False), lambda place: Floor(place, True))
__all__ = ["FLOORS", "OURS", "PEERS", "Place", "Step", "Tool", "Unable"]
