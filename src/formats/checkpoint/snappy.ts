import { BinaryReader } from '@bufbuild/protobuf/wire'

/** No copy or literal of a few bytes makes more than 64 of them. */
const mostGrown = 64

/**
 * Unpacks a block in snappy's format: its length, then literals and copies of what came before.
 * https://github.com/google/snappy/blob/main/format_description.txt
 * Throws RangeError for data that is damaged, or would be longer than the format allows.
 */
export function unpackSnappy(packed: Uint8Array): Uint8Array {
  const reader = new BinaryReader(packed)
  const length = reader.uint32()
  if (length > mostGrown * packed.length) throw new RangeError('longer than it can be')
  const bytes = new Uint8Array(length)
  let [from, to] = [reader.pos, 0]
  const number = (width: number): number => {
    if (from + width > packed.length) throw new RangeError('cut off')
    let value = 0
    for (let i = 0; i < width; i++) value += packed[from + i] * 2 ** (8 * i)
    from += width
    return value
  }
  const copy = (offset: number, size: number): void => {
    if (offset === 0 || offset > to || to + size > length) throw new RangeError('copies what is not there')
    // A copy may reach into what it makes itself.
    for (const end = to + size; to < end; to++) bytes[to] = bytes[to - offset]
  }
  while (from < packed.length) {
    const tag = number(1)
    const high = tag >> 2
    switch (tag & 3) {
      case 0: {
        const size = 1 + (high < 60 ? high : number(high - 59))
        if (from + size > packed.length || to + size > length) throw new RangeError('cut off')
        bytes.set(packed.subarray(from, from + size), to)
        from += size
        to += size
        break
      }
      case 1:
        copy((tag >> 5) * 256 + number(1), 4 + (high & 7))
        break
      case 2:
        copy(number(2), high + 1)
        break
      default:
        copy(number(4), high + 1)
    }
  }
  if (to < length) throw new RangeError('shorter than it says')
  return bytes
}
