"""Grades a file with libassay: python3 grade.py LIBRARY FILE, for example build/libassay.so."""
import ctypes as c
import sys


class Input(c.Structure):
    _fields_ = [("path", c.c_char_p), ("bytes", c.c_char_p), ("size", c.c_size_t),
                ("name", c.c_char_p)]


class Record(c.Structure):
    _fields_ = [("struct_size", c.c_size_t), ("input", c.c_char_p), ("line", c.c_uint64)] + [
        (name, c.c_char_p) for name in ("audit_id", "practice_area", "rubric", "version",
                                        "judgement", "status", "detail")] + [
        ("score", c.c_int64), ("margin", c.c_int64), ("coverage", c.c_int32), ("level", c.c_int32),
        ("ratings", c.c_void_p), ("rating_count", c.c_size_t)]


@c.CFUNCTYPE(c.c_int, c.c_void_p, c.POINTER(Record))
def take(_, record):
    found = record.contents
    print(found.audit_id.decode(), found.judgement.decode(), found.detail.decode(), sep="\t")
    return 0


assay = c.CDLL(sys.argv[1])
assay.assay_new.restype = c.c_void_p
assay.assay_message_count.restype = c.c_size_t
session = c.c_void_p(assay.assay_new())
status = assay.assay_open(session) or assay.assay_grade_records(
    session, c.byref(Input(path=sys.argv[2].encode())), c.c_size_t(1), take, None, None)
for i in range(assay.assay_message_count(session)):
    line = c.create_string_buffer(1024)
    assay.assay_message_format(session, c.c_size_t(i), line, c.c_size_t(1024))
    print(line.value.decode(errors="replace"), file=sys.stderr)
assay.assay_free(session)
sys.exit(status)
