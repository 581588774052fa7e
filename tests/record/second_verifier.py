"""A second verifier of the record, in another language and with nothing but a standard library.

    second_verifier.py log|proof|consistency FILE [ROOT]

FILE is what `audit export`, `audit prove` or `audit consistency` printed; ROOT, 64 hex digits, what it must lead to.
Prints `sound`, or what is wrong and exits with 6. Trees: RFC 6962 and 9162; notes: C2SP signed-note; keys: RFC 8032.
"""
import base64, hashlib, json, sys
P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P

sha = lambda *parts: hashlib.sha256(b"".join(parts)).digest()
def need(is_well, what):
    if not is_well:
        print("broken: " + what)
        sys.exit(6)

def add(p, q):  # points of the curve, extended coordinates
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P
def times(n, p):
    q = (0, 1, 1, 0)
    while n:
        q, p, n = (add(q, p) if n & 1 else q), add(p, p), n >> 1
    return q
def point(data):
    y, sign = int.from_bytes(data, "little") & (2**255 - 1), data[31] >> 7
    xx = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(xx, (P + 3) // 8, P)
    x = x if (x * x - xx) % P == 0 else x * pow(2, (P - 1) // 4, P) % P
    need(y < P and (x * x - xx) % P == 0, "a key or signature is no point of the curve")
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P
def signed(key, signature, message):
    s = int.from_bytes(signature[32:], "little")
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    a = times(s, point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little")))
    b = add(point(signature[:32]), times(h, point(key)))
    return s < L and (a[0] * b[2] - b[0] * a[2]) % P == 0 and (a[1] * b[2] - b[1] * a[2]) % P == 0

def check_note(note, vkey, size, root):
    name, key_id, coded = vkey.split("+", 2)
    key = base64.b64decode(coded, validate=True)
    need(sha(name.encode(), b"\n", key)[:4].hex() == key_id, "the key does not have its id")
    text, _, signatures = note.partition("\n\n")
    need(text.split("\n") == [name, str(size), base64.b64encode(root).decode()], "the checkpoint says otherwise")
    blobs = [base64.b64decode(line.split(" ")[2]) for line in signatures.splitlines() if line.split(" ")[1] == name]
    need(any(blob[:4].hex() == key_id and signed(key[1:], blob[4:], text.encode() + b"\n") for blob in blobs),
         "the checkpoint is not signed by the key")

def tree(leaves):
    k = 1 << max((len(leaves) - 1).bit_length() - 1, 0)
    return leaves[0] if len(leaves) == 1 else sha(b"\1", tree(leaves[:k]), tree(leaves[k:])) if leaves else sha()

def climb(fn, sn, first, second, proof):  # the loop that both proofs of RFC 9162 have, 2.1.3.2 and 2.1.4.2
    for p in proof:
        need(sn > 0, "the proof is too long")
        if fn & 1 or fn == sn:
            first, second = sha(b"\1", p, first), sha(b"\1", p, second)
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            second = sha(b"\1", second, p)
        fn, sn = fn >> 1, sn >> 1
    need(sn == 0, "the proof is too short")
    return first, second

def lead(x, size):  # where an inclusion proof leads
    need(json.loads(x["record"])["seq"] == x["seq"] < size, "the record has another number")
    leaf = sha(b"\0", x["record"].encode())
    return climb(x["seq"], size - 1, leaf, leaf, map(bytes.fromhex, x["proof"]))[1].hex()

def check_growth(x):
    fn, sn, proof = x["size1"] - 1, x["size2"] - 1, [bytes.fromhex(p) for p in x["proof"]]
    need(0 <= fn <= sn, "the sizes are in no order")
    proof = proof if fn & (fn + 1) and fn < sn else [bytes.fromhex(x["root1"])] + proof
    while fn & 1 or fn == sn > 0:
        fn, sn = fn >> 1, sn >> 1
    first, second = climb(fn, sn, proof[0], proof[0], proof[1:])
    need(first.hex() == x["root1"] and second.hex() == x["root2"], "the log has not only grown")
    check_note(x["checkpoint"], x["key"], x["size2"], second)

def main(what, path, root=None):
    lines = open(path, "rb").read().split(b"\n")
    if what == "log":
        x, rows = json.loads(lines[0]), lines[1:-1]
        roots = [lead(json.loads(r), x["size"]) for r in rows] if x["part"] else [tree([sha(b"\0", r) for r in rows]).hex()]
        need(x["part"] or len(rows) == x["size"], "entries are missing, or there are too many")
        need(set(roots) <= {x["root"]} and x["root"] == (root or x["root"]), "the entries do not lead to the root")
        check_note(x["checkpoint"], x["key"], x["size"], bytes.fromhex(x["root"]))
    elif what == "proof":
        x = json.loads(b"\n".join(lines))
        need(lead(x, x["size"]) == x["root"] == (root or x["root"]), "the entry does not lead to the root")
    else:
        check_growth(json.loads(b"\n".join(lines)))
    print("sound")
main(*sys.argv[1:])
