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
/** Characters of paths kept for one model; whoever unfolds more finds the opening view again. */
const mostCharacters = 100_000

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

/** What was unfolded in a model; null where nothing is kept of it. */
export function recallUnfolded(model: string, shelf = browserShelf()): ReadonlySet<string> | null {
  const paths = strings(read(shelf, unfoldedKey(model)))
  return paths && new Set(paths)
}

/** Keeps what is unfolded in a model; null forgets it. */
export function keepUnfolded(model: string, unfolded: ReadonlySet<string> | null, shelf = browserShelf()): void {
  const others = (strings(read(shelf, listKey)) ?? []).filter((other) => other !== model)
  const paths = unfolded && [...unfolded]
  const length = paths?.reduce((sum, path) => sum + path.length + 3, 0) ?? Infinity
  const kept = length <= mostCharacters
  if (kept) write(shelf, unfoldedKey(model), paths)
  else remove(shelf, unfoldedKey(model))
  const list = kept ? [...others, model] : others
  for (const old of list.slice(0, -mostModels)) remove(shelf, unfoldedKey(old))
  write(shelf, listKey, list.slice(-mostModels))
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

function write(shelf: Shelf | null, key: string, value: unknown): void {
  try {
    shelf?.setItem(key, JSON.stringify(value))
  } catch {
    // Full or switched off: then it is not kept.
  }
}

function remove(shelf: Shelf | null, key: string): void {
  try {
    shelf?.removeItem(key)
  } catch {
    // As above.
  }
}
