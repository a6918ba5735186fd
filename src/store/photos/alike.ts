import { create } from 'zustand'
import { groupBy } from '../../images/group-by'
import { useStore } from '../state/state'
import type { Photo } from '../state/types'
import { imageWorker } from '../workers/workers'

/** What in a label is there more than once; ids of photos. */
export interface AlikeInLabel {
  /** The very same file again in this label: all but the first. */
  readonly copies: readonly string[]
  /** The very same file under other labels. */
  readonly also: readonly { readonly label: string; readonly ids: readonly string[] }[]
  /** Photos that look almost like one before them, in whatever label; frames of one recording are not told. */
  readonly near: readonly string[]
}

/** By label, for labels that have any. */
export const useAlike = create<Readonly<Record<string, AlikeInLabel>>>(() => ({}))

/** Copies and near duplicates by label. `groups` are photos that look alike, by their places. */
export function compare(
  photos: readonly Photo[],
  groups: readonly (readonly number[])[],
): Readonly<Record<string, AlikeInLabel>> {
  const found = new Map<string, { copies: string[]; also: Map<string, string[]>; near: string[] }>()
  const of = (label: string): { copies: string[]; also: Map<string, string[]>; near: string[] } => {
    const known = found.get(label) ?? { copies: [], also: new Map<string, string[]>(), near: [] }
    found.set(label, known)
    return known
  }
  for (const same of groupBy(photos, ({ hash }) => hash).values()) {
    if (same.length === 1) continue
    const labels = groupBy(same, ({ label }) => label)
    for (const [label, own] of labels) {
      of(label).copies.push(...own.slice(1).map(({ id }) => id))
      for (const other of labels.keys()) {
        if (other === label) continue
        const { also } = of(label)
        also.set(other, [...(also.get(other) ?? []), ...own.map(({ id }) => id)])
      }
    }
  }
  for (const group of groups) {
    const hashes = new Set<string>()
    const recordings = new Set<string>()
    for (const { id, label, hash, group: recording } of group.map((place) => photos[place])) {
      const known = hashes.has(hash) || (recording !== null && recordings.has(recording))
      if (hashes.size > 0 && !known) of(label).near.push(id)
      hashes.add(hash)
      if (recording !== null) recordings.add(recording)
    }
  }
  const told = [...found].filter(([, { copies, also, near }]) => copies.length + also.size + near.length > 0)
  return Object.fromEntries(
    told.map(([label, { copies, also, near }]) => [
      label,
      { copies, also: [...also].map(([other, ids]) => ({ label: other, ids })), near },
    ]),
  )
}

/** Milliseconds without a change before photos are compared; while they come in, that would be for nothing. */
const pause = 400

/** Compares photos a while after each change of them from now on. */
export function startComparing(): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  useStore.subscribe(({ photos }, before) => {
    if (photos === before.photos) return
    clearTimeout(timer)
    timer = setTimeout(() => {
      // Without an answer nothing is said; the next change asks again.
      compareAll(photos).catch(() => undefined)
    }, pause)
  })
}

async function compareAll(photos: readonly Photo[]): Promise<void> {
  const groups = photos.length < 2 ? [] : await imageWorker().alike(photos.map(({ perceptualHash }) => perceptualHash))
  if (useStore.getState().photos === photos) useAlike.setState(compare(photos, groups), true)
}
