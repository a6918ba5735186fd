/**
 * A GraphDef has no mark of its own: its bytes are one if they begin with what one may begin with. Nodes (field 1) say
 * which op they are (field 2 of theirs), in letters; libraries (2) hold functions with a signature with a name, versions
 * (4, and 3 in old files) small numbers. `head` are the first bytes of the file.
 */
export function looksLikeGraphDef(head: Uint8Array): boolean {
  for (let at = 0; at < head.length;) {
    const tag = head[at]
    const length = varint(head, at + 1)
    if (length === null) return false
    const start = length.end
    const end = start + length.value
    if (tag === 0x0a) return isNode(head, start, end)
    if (tag === 0x12 && length.value > 0) return isLibrary(head, start)
    if (tag === 0x22 && length.value < 64) at = end
    else if (tag === 0x18) at = start
    else if (tag === 0x12) at = end
    else return false
  }
  return false
}

/** The text form: its first field is one of a GraphDef's. */
export function looksLikeGraphDefText(text: string): boolean {
  const start = text.replace(/^\ufeff/, '').replace(/^(\s|#[^\n]*(\n|$))+/, '')
  return /^(node\s*:?\s*[{<]|library\s*:?\s*[{<]|versions\s*:?\s*[{<]|version\s*:\s*\d)/.test(start)
}

/**
 * A MetaGraphDef, as savers write it beside a checkpoint, first says of itself (field 1) which operations there are (2):
 * their list (1) begins with the name of one (1), in letters.
 */
export function looksLikeMetaGraph(head: Uint8Array): boolean {
  let at = insideOf(head, 0, 0x0a)
  // Before it, a version of its own.
  if (at !== null && head[at] === 0x0a) {
    const length = varint(head, at + 1)
    at = length === null ? null : length.end + length.value
  }
  for (const tag of [0x12, 0x0a]) at = at === null ? null : insideOf(head, at, tag)
  if (at === null || head[at] !== 0x0a) return false
  const length = varint(head, at + 1)
  return length !== null && isOpName(head.subarray(length.end, length.end + length.value))
}

/** Where the message with that tag begins that stands at `at`; null where another stands there. */
function insideOf(head: Uint8Array, at: number, tag: number): number | null {
  return head[at] === tag ? (varint(head, at + 1)?.end ?? null) : null
}

/** Letters as TensorFlow's operations are written in. */
const isOpName = (bytes: Uint8Array): boolean => /^[A-Za-z_>][\w>]*$/.test(String.fromCharCode(...bytes))

/** A NodeDef whose op stands within the first bytes and is in letters as TensorFlow's are. */
function isNode(head: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < Math.min(end, head.length);) {
    const tag = head[at]
    const length = varint(head, at + 1)
    if (length === null || (tag & 7) !== 2) return false
    const to = length.end + length.value
    if (tag === 0x12) return isOpName(head.subarray(length.end, to))
    if (to > end) return false
    at = to
  }
  return false
}

/** Functions (field 1) with signatures (1) with names (1). */
function isLibrary(head: Uint8Array, start: number): boolean {
  let at = start
  for (let depth = 0; depth < 2; depth++) {
    const length = head[at] === 0x0a ? varint(head, at + 1) : null
    if (length === null) return false
    at = length.end
  }
  return head[at] === 0x0a
}

function varint(bytes: Uint8Array, from: number): { value: number; end: number } | null {
  let value = 0
  for (let at = from; at < Math.min(bytes.length, from + 5); at++) {
    value += (bytes[at] & 0x7f) * 2 ** (7 * (at - from))
    if (bytes[at] < 0x80) return { value, end: at + 1 }
  }
  return null
}
