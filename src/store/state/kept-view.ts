/**
 * What the view keeps between visits, in `localStorage`: settings, and what was unfolded in the models looked at last.
 * Storage may be switched off, full or hold anything; nothing here throws.
 */

/** The part of `Storage` that is needed. */
export interface Shelf {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
  removeItem(key: string): void
}

const settingsKey = 'cutpoint.view'
/** Models whose view is kept, the latest last. */
const listKey = 'cutpoint.unfolded'
/** Models remembered; the one not looked at for longest goes first. */
const mostModels = 20
/** Characters of paths kept for one model; of more, the outermost groups are kept. */
const mostCharacters = 150_000

/** Tells one model from another without reading it whole. */
export function fingerprint(name: string, nodes: number): string {
  return `${name} ${nodes}`
}

/** The settings of the last visit, whatever they may hold. */
export function recallSettings(shelf = browserShelf()): Readonly<Record<string, unknown>> {
  const kept = read(shelf, settingsKey)
  return typeof kept === 'object' && kept !== null && !Array.isArray(kept) ? (kept as Record<string, unknown>) : {}
}

/** Keeps settings for the next visit. */
export function keepSettings(settings: Readonly<Record<string, unknown>>, shelf = browserShelf()): void {
  write(shelf, settingsKey, settings)
}

/** Forgets settings and models. */
export function forgetView(shelf = browserShelf()): void {
  for (const model of strings(read(shelf, listKey)) ?? []) remove(shelf, unfoldedKey(model))
  remove(shelf, listKey)
  remove(shelf, settingsKey)
}

/** How a view differs from the one the model opens with. */
interface Difference {
  readonly unfolded: readonly string[]
  readonly folded: readonly string[]
}

/** What was unfolded in a model that opens with `opening` unfolded; null where nothing is kept of it. */
export function recallUnfolded(
  model: string,
  opening: readonly string[],
  shelf = browserShelf(),
): ReadonlySet<string> | null {
  const kept = differenceIn(read(shelf, unfoldedKey(model)))
  if (!kept) return null
  const unfolded = new Set([...opening, ...kept.unfolded])
  for (const path of kept.folded) unfolded.delete(path)
  return unfolded
}

/** Keeps what is unfolded in a model that opens with `opening` unfolded; null forgets it. */
export function keepUnfolded(
  model: string,
  unfolded: ReadonlySet<string> | null,
  opening: readonly string[],
  shelf = browserShelf(),
): void {
  const others = (strings(read(shelf, listKey)) ?? []).filter((other) => other !== model)
  if (!unfolded) {
    remove(shelf, unfoldedKey(model))
    write(shelf, listKey, others)
    return
  }
  for (const old of others.splice(0, others.length + 1 - mostModels)) remove(shelf, unfoldedKey(old))
  const difference = fitting(differenceOf(unfolded, opening))
  // Where the shelf is full, the models looked at longest ago make room.
  while (!write(shelf, unfoldedKey(model), difference)) {
    const old = others.shift()
    if (old === undefined) break
    remove(shelf, unfoldedKey(old))
  }
  write(shelf, listKey, [...others, model])
}

function differenceOf(unfolded: ReadonlySet<string>, opening: readonly string[]): Difference {
  const usual = new Set(opening)
  return {
    unfolded: [...unfolded].filter((path) => !usual.has(path)),
    folded: opening.filter((path) => !unfolded.has(path)),
  }
}

/** As much of a difference as there is room for: outer groups first, since inner ones are seen only in them. */
function fitting({ unfolded, folded }: Difference): Difference {
  let room = mostCharacters
  const fits = (path: string): boolean => (room -= path.length + 3) >= 0
  const inRoom = (paths: readonly string[]): string[] => [...paths].sort(byDepth).filter(fits)
  return { folded: inRoom(folded), unfolded: inRoom(unfolded) }
}

const byDepth = (one: string, other: string): number => depthOf(one) - depthOf(other)
const depthOf = (path: string): number => path.split('/').length

function differenceIn(value: unknown): Difference | null {
  if (typeof value !== 'object' || value === null) return null
  const { unfolded, folded } = value as Readonly<Record<string, unknown>>
  const [added, removed] = [strings(unfolded), strings(folded)]
  return added && removed && { unfolded: added, folded: removed }
}

const unfoldedKey = (model: string): string => `${listKey}:${model}`

function strings(value: unknown): string[] | null {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : null
}

function browserShelf(): Shelf | null {
  try {
    return typeof localStorage === 'undefined' ? null : localStorage
  } catch {
    return null
  }
}

function read(shelf: Shelf | null, key: string): unknown {
  try {
    return JSON.parse(shelf?.getItem(key) ?? 'null')
  } catch {
    return null
  }
}

/** Whether there was room; without a shelf nothing is in the way. */
function write(shelf: Shelf | null, key: string, value: unknown): boolean {
  try {
    shelf?.setItem(key, JSON.stringify(value))
    return true
  } catch {
    // Full or switched off: then it is not kept.
    return false
  }
}

function remove(shelf: Shelf | null, key: string): void {
  try {
    shelf?.removeItem(key)
  } catch {
    // As above.
  }
}
