import hashlib
import io
import os
import random
import time

import pytest
from moto.server import ThreadedMotoServer
from obstore.exceptions import BaseError

from edu.storage.adapters.disk_store import DiskBlobStore
from edu.storage.adapters.memory_store import MemoryBlobStore
from edu.storage.blobs import BlobNotFound, BlobTooLarge, StorageFull, as_people_say, is_intact
from edu.storage.from_url import from_url

CREDENTIALS = {"access_key_id": "test", "secret_access_key": "test"}
ABSENT = "0" * 64


@pytest.fixture(scope="module")
def s3():
    """An S3 server on loopback with one bucket."""
    import boto3

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    names = {f"aws_{name}": value for name, value in CREDENTIALS.items()}
    client = boto3.client("s3", endpoint_url=endpoint, region_name="us-east-1", **names)
    client.create_bucket(Bucket="files")
    client.put_object(Bucket="files", Key="province/readme.txt", Body=b"not a blob")
    yield f"s3://files/province?region=us-east-1&endpoint={endpoint}"
    client.close()
    server.stop()


@pytest.fixture(params=["memory", "disk", "s3"])
def store(request, tmp_path):
    if request.param == "s3":
        store = from_url(request.getfixturevalue("s3"), credentials=CREDENTIALS)
        for key in list(store.keys()):
            store.delete(key)
        return store
    return from_url("memory://" if request.param == "memory" else tmp_path.as_uri())


def put(store, content: bytes, **more):
    return store.put(io.BytesIO(content), **more)


def read(store, key: str) -> bytes:
    with store.open(key) as content:
        return content.read()


@pytest.mark.parametrize("content", [b"", b"x", random.Random(1).randbytes(9_000_001)])
def test_what_was_put_comes_back_named_by_its_hash(store, content):
    stored = put(store, content)

    assert stored.key == hashlib.sha256(content).hexdigest()
    assert stored.size == store.size(stored.key) == len(content)
    assert read(store, stored.key) == content
    assert store.exists(stored.key)
    assert is_intact(store, stored.key)


def test_the_same_content_is_stored_once(store):
    assert put(store, b"same") == put(store, b"same")
    assert list(store.keys()) == [put(store, b"same").key]


def test_a_stream_is_read_from_where_it_stands(store):
    stream = io.BytesIO(b"head body")
    stream.seek(5)

    assert read(store, store.put(stream).key) == b"body"


def test_a_blob_can_be_read_in_pieces(store):
    stored = put(store, bytes(range(256)) * 1000)

    with store.open(stored.key) as content:
        assert content.seekable()
        assert content.seek(-256, os.SEEK_END) == 255_744
        assert content.read(4) == bytes(range(4))
        assert content.tell() == 255_748
        content.seek(300)
        assert content.read(2) == bytes([44, 45])


def test_a_deleted_blob_is_gone(store):
    stored = put(store, b"short life")

    store.delete(stored.key)
    store.delete(stored.key)

    assert not store.exists(stored.key)
    assert list(store.keys()) == []


@pytest.mark.parametrize("key", [ABSENT, "", "../../etc/passwd", "A" * 64, "0" * 63, f"{ABSENT}\n"])
def test_an_unknown_key_is_not_found(store, key):
    with pytest.raises(BlobNotFound):
        store.open(key)
    with pytest.raises(BlobNotFound):
        store.size(key)
    assert not store.exists(key)
    store.delete(key)


@pytest.mark.parametrize(
    ("size", "said"), [(5, "5 bytes"), (1024, "1 KB"), (64 << 20, "64 MB"), (3 << 30, "3 GB")]
)
def test_sizes_are_said_in_the_largest_unit(size, said):
    assert as_people_say(size) == said


def test_content_over_the_limit_is_refused_and_nothing_kept(store):
    assert put(store, b"12345", limit=5).size == 5
    with pytest.raises(BlobTooLarge) as refusal:
        put(store, b"123456", limit=5)

    assert refusal.value.values == {"limit": "5 bytes"}
    assert len(list(store.keys())) == 1


def test_a_stream_that_breaks_leaves_nothing(store):
    class Broken(io.BytesIO):
        def read(self, size=-1):
            if self.tell():
                raise ConnectionResetError
            return super().read(size)

    with pytest.raises(ConnectionResetError):
        store.put(Broken(b"x" * 3_000_000))

    assert list(store.keys()) == []


def files_below(folder) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_a_broken_upload_leaves_no_file_on_the_disk(tmp_path):
    with pytest.raises(BlobTooLarge):
        put(DiskBlobStore(tmp_path), b"x" * 100, limit=10)

    assert files_below(tmp_path) == ["ballast"]


def test_a_changed_file_is_not_intact(tmp_path):
    store = DiskBlobStore(tmp_path)
    key = put(store, b"true").key
    (tmp_path / key[:2] / key[2:4] / key).write_bytes(b"false")

    assert not is_intact(store, key)


def test_files_are_taken_only_while_others_keep_room(tmp_path):
    free = [1000]
    store = DiskBlobStore(tmp_path, reserve_bytes=500, free_bytes=lambda _: free[0])
    kept = put(store, b"x" * 500)
    free[0] = 510

    with pytest.raises(StorageFull):
        put(store, b"y" * 11)

    assert put(store, b"z" * 10)
    assert read(store, kept.key) == b"x" * 500
    assert not (tmp_path / "ballast").exists()


@pytest.mark.parametrize("number", ["ENOSPC", "EDQUOT"])
def test_a_full_disk_has_its_own_error(tmp_path, number):
    import errno

    class Full(io.BytesIO):
        """The disk fills up while the upload is spooled."""

        def read(self, _size=-1):
            raise OSError(getattr(errno, number), "no space")

    with pytest.raises(StorageFull) as refusal:
        DiskBlobStore(tmp_path).put(Full(b"x"))

    assert refusal.value.status == 507


def test_another_fault_of_the_disk_is_told_as_it_is(tmp_path):
    store = DiskBlobStore(tmp_path)
    (tmp_path / "incoming").rmdir()

    with pytest.raises(FileNotFoundError):
        put(store, b"x")


def test_ballast_is_thrown_once_and_taken_on_at_the_next_start(tmp_path):
    store = DiskBlobStore(tmp_path, ballast_bytes=4096)
    assert (tmp_path / "ballast").stat().st_size == 4096

    store.release_ballast()
    store.release_ballast()
    assert not (tmp_path / "ballast").exists()

    DiskBlobStore(tmp_path, ballast_bytes=4096)
    assert (tmp_path / "ballast").exists()


def test_only_abandoned_uploads_are_cleared_away(tmp_path):
    incoming = tmp_path / "incoming"
    incoming.mkdir()
    for name, age in (("old", 90_000), ("young", 60)):
        (incoming / name).touch()
        os.utime(incoming / name, (time.time() - age,) * 2)

    DiskBlobStore(tmp_path)

    assert [path.name for path in incoming.iterdir()] == ["young"]


def test_an_address_chooses_the_store(tmp_path):
    folder = tmp_path / "với dấu"

    assert isinstance(from_url(folder.as_uri()), DiskBlobStore)
    assert folder.is_dir()
    assert isinstance(from_url("memory://"), MemoryBlobStore)


@pytest.mark.parametrize("url", ["", "/srv", "file://host/x", "file:x", "s3://", "ftp://x", "s3:x"])
def test_another_address_is_refused(url):
    with pytest.raises(ValueError, match="not the address"):
        from_url(url)


def test_an_unknown_option_of_a_bucket_is_refused():
    with pytest.raises(BaseError):
        from_url("s3://files?nonsense=1")
