/** Which pictures look almost the same, by their perceptual hashes (`perceptual-hash.ts`). */
import { groupBy } from '../group-by'

/** Two pictures look alike if at most so many of the 64 bits differ, and no mean colour of a quarter by more than so much of 255. */
export const mostDifferent = 5
const mostColourApart = 20

interface ParsedHash {
  readonly high: number
  readonly low: number
  /** None where only the bits are known. */
  readonly colours: readonly number[]
}

/**
 * Groups of pictures that look alike, each by its places in the list, in order; a picture that looks like no other
 * is in none. Hashes that differ in at most five bits are equal in at least one of six bands of them, so only those
 * that share a band are compared.
 *
 * @param hashes null where it is not known
 */
export function findAlike(hashes: readonly (string | null)[]): number[][] {
  const places = new Map<string, number[]>()
  hashes.forEach((hash, place) => {
    if (hash === null) return
    const known = places.get(hash)
    if (known) known.push(place)
    else places.set(hash, [place])
  })
  const distinct = [...places.keys()]
  const parsed = distinct.map(parse)
  const parent = distinct.map((_, index) => index)
  const rootOf = (index: number): number => {
    let root = index
    while (parent[root] !== root) root = parent[root] = parent[parent[root]]
    return root
  }
  for (const band of bands(parsed)) {
    for (let one = 0; one < band.length; one++) {
      for (let other = one + 1; other < band.length; other++) {
        if (areAlike(parsed[band[one]], parsed[band[other]])) {
          parent[rootOf(band[other])] = rootOf(band[one])
        }
      }
    }
  }
  const groups = groupBy(distinct.keys(), rootOf)
  return [...groups.values()]
    .map((group) => group.flatMap((index) => places.get(distinct[index]) ?? []).sort((a, b) => a - b))
    .filter((group) => group.length > 1)
}

/** Indices of hashes that share a band: 11 bits at 0, 11, 22, …, of which the last band has the 9 that are left. */
function bands(hashes: readonly ParsedHash[]): number[][] {
  const found: number[][] = []
  for (let band = 0; band < 6; band++) {
    const sharing = groupBy(hashes.keys(), (index) => bitsAt(hashes[index], band * 11))
    found.push(...[...sharing.values()].filter((indices) => indices.length > 1))
  }
  return found
}

/** Eleven bits (fewer at the end), counted from the lowest. */
function bitsAt({ high, low }: ParsedHash, at: number): number {
  if (at >= 32) return (high >>> (at - 32)) & 0x7ff
  const lower = low >>> at
  return (at > 21 ? lower | (high << (32 - at)) : lower) & 0x7ff
}

const parse = (hash: string): ParsedHash => ({
  high: Number.parseInt(hash.slice(0, 8), 16),
  low: Number.parseInt(hash.slice(8, 16), 16),
  colours: (hash.slice(16).match(/../g) ?? []).map((digits) => Number.parseInt(digits, 16)),
})

const areAlike = (a: ParsedHash, b: ParsedHash): boolean =>
  difference(a, b) <= mostDifferent &&
  a.colours.every((colour, i) => Math.abs(colour - (b.colours.at(i) ?? colour)) <= mostColourApart)

const difference = (a: ParsedHash, b: ParsedHash): number => ones(a.high ^ b.high) + ones(a.low ^ b.low)

/** Bits set in 32 (Hacker's Delight, figure 5-2). */
function ones(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555)
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333)
  bits = (bits + (bits >>> 4)) & 0x0f0f0f0f
  return Math.imul(bits, 0x01010101) >>> 24
}
