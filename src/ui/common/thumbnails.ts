/** Thumbnails that are on screen or were lately, as addresses for `<img>`. */
import { pictureOf } from '../../store/photos/picture-of'

/** Thumbnails kept that are not on screen, so that scrolling back shows them at once. */
const mostUnused = 300

/** Thumbnails asked for at once; what is scrolled past before its turn is not asked for at all. */
const atOnce = 6

interface Entry {
  /** How many places show it. */
  users: number
  /** null until it is there. */
  url: string | null
  readonly waiting: Set<(url: string) => void>
}

/** By the picture's hash, the least recently used first. */
const entries = new Map<string, Entry>()
const queue: string[] = []
let asked = 0

/** The address of a thumbnail that is there already; else null. */
export const thumbnailAt = (hash: string): string | null => entries.get(hash)?.url ?? null

/** Asks for a thumbnail until the returned function is called; `tell` hears its address, which is good until then. */
export function borrowThumbnail(hash: string, tell: (url: string) => void): () => void {
  const known = entries.get(hash)
  const entry: Entry = known ?? { users: 0, url: null, waiting: new Set() }
  entry.users++
  entries.delete(hash)
  entries.set(hash, entry)
  if (entry.url === null) entry.waiting.add(tell)
  else tell(entry.url)
  if (!known) {
    queue.push(hash)
    askNext()
  }
  return () => {
    entry.users--
    entry.waiting.delete(tell)
    trim()
  }
}

function askNext(): void {
  while (asked < atOnce) {
    const hash = queue.shift()
    if (hash === undefined) return
    const entry = entries.get(hash)
    if (!entry) continue
    if (entry.users === 0) {
      entries.delete(hash)
      continue
    }
    asked++
    void fetchInto(entry, hash)
  }
}

async function fetchInto(entry: Entry, hash: string): Promise<void> {
  // What cannot be had now is asked for again when it is next shown.
  const blob = await pictureOf('thumbnail', hash).catch(() => null)
  asked--
  if (blob) {
    const url = URL.createObjectURL(blob)
    entry.url = url
    entry.waiting.forEach((tell) => tell(url))
    entry.waiting.clear()
    trim()
  } else if (entries.get(hash) === entry) entries.delete(hash)
  askNext()
}

function trim(): void {
  let spare = -mostUnused
  for (const { users, url } of entries.values()) if (users === 0 && url !== null) spare++
  for (const [hash, { users, url }] of entries) {
    if (spare <= 0) return
    if (users > 0 || url === null) continue
    URL.revokeObjectURL(url)
    entries.delete(hash)
    spare--
  }
}
