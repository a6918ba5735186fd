import { baseName, normaliseTensor, splitTensor } from './names'

/** How many names that share most letter pairs with the wanted one are compared letter by letter. */
const shortlistLength = 60

/**
 * The names most like `wanted`, best first. Liked are few edits, an equal last part (`…/AvgPool`) and one name being
 * part of the other. Names that share nothing with `wanted` are left out, so there may be fewer than `count`.
 */
export function nearestNames(wanted: string, names: Iterable<string>, count = 3): string[] {
  const target = canonical(wanted)
  const pairs = letterPairs(target)
  const shortlist = [...names]
    .map((name) => ({ name, shared: sharedPairs(canonical(name), target, pairs) }))
    .filter(({ shared }) => shared > 0)
    .sort((a, b) => b.shared - a.shared)
    .slice(0, Math.max(shortlistLength, count))
  return shortlist
    .map(({ name }) => ({ name, distance: distance(canonical(name), target) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, count)
    .map(({ name }) => name)
}

/** Case and the spelling of the first output (`a` or `a:0`) make no difference. */
function canonical(name: string): string {
  const { node, output } = splitTensor(name)
  return (output === 0 ? node : normaliseTensor(name)).toLowerCase()
}

/** 0 for equal names; edits as a share of the longer name, less what speaks for it. */
function distance(name: string, target: string): number {
  if (name === target) return 0
  const edits = editDistance(name, target) / Math.max(name.length, target.length)
  const [last, targetLast] = [baseName(name), baseName(target)]
  const lastEdits = editDistance(last, targetLast) / Math.max(last.length, targetLast.length, 1)
  const contained = name.includes(target) || target.includes(name)
  return edits + lastEdits - (contained ? 0.5 : 0) + 1
}

/** Letter pairs of a name, each with how often it stands there. */
function letterPairs(name: string): Map<string, number> {
  const pairs = new Map<string, number>()
  for (let i = 0; i + 2 <= name.length; i++) {
    const pair = name.slice(i, i + 2)
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1)
  }
  return pairs
}

/** Sørensen–Dice coefficient of two names' letter pairs; names that are part of one another count as equal. */
function sharedPairs(name: string, target: string, targetPairs: ReadonlyMap<string, number>): number {
  if (name === target) return 2
  if (target.length > 0 && name.length > 0 && (name.includes(target) || target.includes(name))) {
    return 1 + Math.min(name.length, target.length) / Math.max(name.length, target.length)
  }
  let shared = 0
  const used = new Map<string, number>()
  for (let i = 0; i + 2 <= name.length; i++) {
    const pair = name.slice(i, i + 2)
    const available = targetPairs.get(pair)
    if (available === undefined) continue
    const taken = used.get(pair) ?? 0
    if (taken >= available) continue
    used.set(pair, taken + 1)
    shared += 1
  }
  return (2 * shared) / Math.max(name.length + target.length - 2, 1)
}

/** Levenshtein distance: the fewest insertions, deletions and replacements of a letter. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, replaced))
    }
    row = next
  }
  return row[b.length]
}
