import { baseName } from './names'

/** How many names that share most letter pairs with the wanted one are compared letter by letter. */
const shortlistLength = 60

/**
 * The names most like `wanted`, best first. Liked are few edits, an equal last part (`…/AvgPool`) and one name being
 * part of the other. Names that share nothing with `wanted` are left out, so there may be fewer than `count`.
 */
export function nearestNames(wanted: string, names: Iterable<string>, count = 3): string[] {
  const target = canonical(wanted)
  const likeness = likenessTo(target)
  const shortlist = [...names]
    .map((name) => ({ name, alike: likeness(canonical(name)) }))
    .filter(({ alike }) => alike > 0)
    .sort((a, b) => b.alike - a.alike)
    .slice(0, Math.max(shortlistLength, count))
  return shortlist
    .map(({ name }) => ({ name, distance: distance(canonical(name), target) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, count)
    .map(({ name }) => name)
}

/** Case and the spelling of the first output (`a` or `a:0`) make no difference. */
function canonical(name: string): string {
  return (name.endsWith(':0') ? name.slice(0, -2) : name).toLowerCase()
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

/**
 * Returns a function that says how like `target` a name is: the Sørensen–Dice coefficient of their letter pairs, and
 * more than 1 for names that are part of one another. It counts in tables, as it is asked for every name there is.
 */
function likenessTo(target: string): (name: string) => number {
  const wanted = new Uint16Array(pairCodes)
  const used = new Uint16Array(pairCodes)
  for (let i = 1; i < target.length; i++) wanted[pairCode(target, i)] += 1
  return (name) => {
    if (target === '' || name === '') return 0
    if (name.includes(target) || target.includes(name)) {
      return 1 + Math.min(name.length, target.length) / Math.max(name.length, target.length)
    }
    let shared = 0
    for (let i = 1; i < name.length; i++) {
      const code = pairCode(name, i)
      if (used[code] < wanted[code]) shared += 1
      used[code] += 1
    }
    for (let i = 1; i < name.length; i++) used[pairCode(name, i)] = 0
    return (2 * shared) / Math.max(name.length + target.length - 2, 1)
  }
}

const pairCodes = 1 << 16

/** A number for the letters at `i - 1` and `i`; rare letters may share one. */
function pairCode(name: string, i: number): number {
  return ((name.charCodeAt(i - 1) & 0xff) << 8) | (name.charCodeAt(i) & 0xff)
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
