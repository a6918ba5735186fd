/**
 * The split: which part (train, validation, test) each image belongs to.
 * An image gets its part when it arrives and keeps it, so numbers measured on held-out images stay honest while
 * more images come in.
 */
import { CutpointError } from '../errors'
import type { Part } from '../types'
import { hash32 } from './hash32'

/** The parts that photos are dealt to, in the order of the screen. */
export const parts: readonly Part[] = ['train', 'validation', 'test']

/** Labels with fewer images than this hold nothing out. */
export const fewestToHoldOut = 5

export interface ArrivingImage {
  id: string
  label: string
  /** Of the file's bytes; images with the same hash are exact duplicates. */
  hash: string
  /** Images of one recording share a group. */
  group: string | null
  /** The part the user asked for. */
  pin: Part | null
}

export interface PlacedImage {
  id: string
  label: string
  hash: string
  group: string | null
  part: Part
}

type Counts = Record<Part, number>

/**
 * Parts for the arriving images.
 *
 * - Images that share a group or a hash make one family. A family goes where a member of it already is (the same
 *   group counts before the same hash); else where a pinned member goes; else by quota. A pin always holds for its
 *   own image, even against its family.
 * - Quotas are per label: of a label's images, existing and arriving, each part should get its share. Families are
 *   placed one by one, each into the part that is furthest below its quota, so shares hold however the images come.
 * - A label with fewer than `fewestToHoldOut` images, those arriving and coming included, goes to train as a whole.
 *   When it grows past that, those stay where they are, and the next arrivals fill the held-out parts first, because these
 *   are then furthest below their quota.
 * - Which families of an arrival are held out depends on `seed` and on the images' hashes, not on the order or the
 *   ids, so the same pictures dropped again in another session are split the same way. What arrives in pieces is
 *   dealt piece by piece: shares hold after each, and the same pieces are split the same way again.
 *
 * @param shares any non-negative numbers, `70/15/15` or `1/0/0`; only their proportion counts
 * @param coming how many more images of each label are expected right after these; they only count where it is
 *   decided whether a label is large enough to hold some out
 * @returns part by id, for the arrivals only
 */
export function assignParts(
  existing: readonly PlacedImage[],
  arrivals: readonly ArrivingImage[],
  shares: Record<Part, number>,
  seed: number,
  coming: ReadonlyMap<string, number> = new Map(),
): Map<string, Part> {
  const fractions = toFractions(shares)
  const totals = countPerLabel([...existing, ...arrivals])
  for (const [label, more] of coming) totals.set(label, (totals.get(label) ?? 0) + more)
  const counts = new Map<string, Counts>()
  const assigned = new Map<string, Part>()
  const place = (image: ArrivingImage, part: Part) => {
    assigned.set(image.id, part)
    countsOf(counts, image.label)[part]++
  }
  for (const image of existing) countsOf(counts, image.label)[image.part]++

  const byQuota: ArrivingImage[][] = []
  const home = homesOf(existing)
  for (const family of toFamilies(arrivals)) {
    const fixed = home(family) ?? family.find((image) => image.pin !== null)?.pin ?? null
    const rest = family.filter((image) => image.pin === null)
    for (const image of family) if (image.pin !== null) place(image, image.pin)
    if (fixed === null) byQuota.push(rest)
    else for (const image of rest) place(image, fixed)
  }

  for (const family of inSeededOrder(byQuota, seed)) {
    const tooFew = family.some((image) => (totals.get(image.label) ?? 0) < fewestToHoldOut)
    const part = tooFew ? 'train' : neediestPart(family, counts, fractions)
    for (const image of family) place(image, part)
  }
  return assigned
}

/** The part furthest below its quota once the family is counted in, summed over the family's labels. */
function neediestPart(family: readonly ArrivingImage[], counts: Map<string, Counts>, fractions: Counts): Part {
  const below: Counts = { train: 0, validation: 0, test: 0 }
  for (const [label, arriving] of countPerLabel(family)) {
    const placed = countsOf(counts, label)
    const total = placed.train + placed.validation + placed.test + arriving
    for (const part of parts) below[part] += fractions[part] * total - placed[part]
  }
  const open = parts.filter((part) => fractions[part] > 0)
  return open.reduce((best, part) => (below[part] > below[best] + rounding ? part : best))
}

/** Quotas are sums of rounded products; differences smaller than this are ties, and the earlier part wins. */
const rounding = 1e-9

function toFractions(shares: Record<Part, number>): Counts {
  const sum = shares.train + shares.validation + shares.test
  if (!(sum > 0 && sum < Infinity) || parts.some((part) => shares[part] < 0)) {
    throw new CutpointError(
      'bad-option',
      'The shares of train, validation and test must be zero or more, and not all zero.',
      'Give three numbers such as 70, 15 and 15.',
      { shares },
    )
  }
  return { train: shares.train / sum, validation: shares.validation / sum, test: shares.test / sum }
}

function countPerLabel(images: readonly { label: string }[]): Map<string, number> {
  const totals = new Map<string, number>()
  for (const { label } of images) totals.set(label, (totals.get(label) ?? 0) + 1)
  return totals
}

function countsOf(counts: Map<string, Counts>, label: string): Counts {
  const known = counts.get(label)
  if (known) return known
  const fresh = { train: 0, validation: 0, test: 0 }
  counts.set(label, fresh)
  return fresh
}

/** Looks up where a family already lives. Where members were pinned apart, the first placed one counts. */
function homesOf(existing: readonly PlacedImage[]): (family: readonly ArrivingImage[]) => Part | null {
  const byGroup = new Map<string, Part>()
  const byHash = new Map<string, Part>()
  for (const { group, hash, part } of existing) {
    if (group !== null && !byGroup.has(group)) byGroup.set(group, part)
    if (!byHash.has(hash)) byHash.set(hash, part)
  }
  return (family) => {
    for (const { group } of family) {
      const part = group === null ? undefined : byGroup.get(group)
      if (part) return part
    }
    for (const { hash } of family) {
      const part = byHash.get(hash)
      if (part) return part
    }
    return null
  }
}

/** Arrivals joined by a shared group or hash, also through others (disjoint sets, each named by its first member). */
function toFamilies(arrivals: readonly ArrivingImage[]): ArrivingImage[][] {
  const parent = arrivals.map((_, index) => index)
  const rootOf = (index: number): number => {
    let root = index
    while (parent[root] !== root) root = parent[root] = parent[parent[root]]
    return root
  }
  const firstWith = new Map<string, number>()
  arrivals.forEach(({ group, hash }, index) => {
    const keys = group === null ? [`hash ${hash}`] : [`hash ${hash}`, `group ${group}`]
    for (const key of keys) {
      const first = firstWith.get(key) ?? index
      firstWith.set(key, first)
      parent[rootOf(index)] = rootOf(first)
    }
  })
  const families = new Map<number, ArrivingImage[]>()
  arrivals.forEach((image, index) => {
    const root = rootOf(index)
    const family = families.get(root)
    if (family) family.push(image)
    else families.set(root, [image])
  })
  return [...families.values()]
}

function inSeededOrder(families: readonly ArrivingImage[][], seed: number): ArrivingImage[][] {
  return families
    .map((family) => {
      const name = family.map((image) => image.hash).reduce((least, hash) => (hash < least ? hash : least))
      return { family, name, key: hash32(`${seed} ${name}`) }
    })
    .sort((a, b) => a.key - b.key || (a.name < b.name ? -1 : 1))
    .map(({ family }) => family)
}
