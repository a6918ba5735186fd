import type { RandomNumbers } from '../../random'
import { pick, randomInt } from '../../graph/testing/random'

type Json = unknown
type Container = Json[] | Record<string, Json>

/** Somewhere in a document: what it is under, and by which key. */
interface JsonPlace {
  readonly parent: Container
  readonly key: string
  /** Keys from the top, positions in lists as `*`: places of one kind have the same. */
  readonly kind: string
}

const oddValues: readonly Json[] = [
  null,
  true,
  '',
  '^',
  'constructor',
  '__proto__',
  0,
  -1,
  0.5,
  2 ** 31,
  1e308,
  '99999999999999999999',
  [],
  {},
  [[[]]],
  { toString: 1, valueOf: null },
]
const oddNumbers = [0, 1, -1, 2, 3, 7, 255, 65_536, 2 ** 31 - 1, -(2 ** 31)]
const oddTexts = ['', 'a', 'constructor', 'toString', '__proto__', 'hasOwnProperty', '/', 'x:9', '^x', 'SAME', 'NCHW']

/**
 * A copy of a document with one to four edits: parts exchanged, transplanted from places of the same kind (there or in
 * `donor`), repeated, left out, or replaced by values of the same type or of any other.
 */
export function edited(document: Json, donor: Json, random: RandomNumbers): Json {
  const copy = structuredClone(document)
  for (let count = 1 + randomInt(random, 4); count > 0; count--) {
    const places = placesIn(copy)
    if (places.length === 0) return copy
    pick(random, edits)({ place: pick(random, places), places, donor, random })
  }
  return copy
}

interface Edit {
  readonly place: JsonPlace
  readonly places: readonly JsonPlace[]
  readonly donor: Json
  readonly random: RandomNumbers
}

const edits: readonly ((edit: Edit) => void)[] = [
  function exchange({ place, places, random }) {
    const other = pick(random, places)
    const mine = valueAt(place)
    put(place, structuredClone(valueAt(other)))
    put(other, structuredClone(mine))
  },
  function fromItsKind({ place, places, random }) {
    const others = places.filter(({ kind }) => kind === place.kind)
    put(place, structuredClone(valueAt(pick(random, others))))
  },
  function fromDonor({ place, donor, random }) {
    const others = placesIn(donor).filter(({ kind }) => kind === place.kind)
    if (others.length > 0) put(place, structuredClone(valueAt(pick(random, others))))
  },
  function repeat({ place: { parent, key }, random }) {
    if (!Array.isArray(parent)) return
    const again: Json = structuredClone(parent[Number(key)])
    parent.splice(randomInt(random, parent.length + 1), 0, again)
  },
  function leaveOut({ place: { parent, key } }) {
    if (Array.isArray(parent)) parent.splice(Number(key), 1)
    else Reflect.deleteProperty(parent, key)
  },
  function sameType({ place, random }) {
    const value = valueAt(place)
    if (typeof value === 'number') put(place, pick(random, oddNumbers))
    else if (typeof value === 'boolean') put(place, !value)
    else if (typeof value === 'string') put(place, oddText(value, random))
    else if (Array.isArray(value)) put(place, value.toReversed())
  },
  function anyValue({ place, random }) {
    put(place, structuredClone(pick(random, oddValues)))
  },
]

/** Numbers stand in strings, too: GraphDef's JSON writes 64 bits so. */
function oddText(text: string, random: RandomNumbers): string {
  return /^-?\d+$/.test(text) ? String(pick(random, oddNumbers)) : pick(random, oddTexts)
}

function placesIn(document: Json): JsonPlace[] {
  const places: JsonPlace[] = []
  const visit = (parent: Json, kind: string): void => {
    if (typeof parent !== 'object' || parent === null) return
    const container = parent as Container
    for (const [key, value] of Object.entries(container)) {
      const own = `${kind}/${Array.isArray(container) ? '*' : key}`
      places.push({ parent: container, key, kind: own })
      visit(value, own)
    }
  }
  visit(document, '')
  return places
}

const valueAt = ({ parent, key }: JsonPlace): Json => Object.getOwnPropertyDescriptor(parent, key)?.value

/** As JSON.parse does: `__proto__` is a key like any other. */
function put({ parent, key }: JsonPlace, value: Json): void {
  Object.defineProperty(parent, key, { value, enumerable: true, configurable: true, writable: true })
}
