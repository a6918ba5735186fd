import { CutpointError } from '../errors'
import type { Kept } from '../workers/compute'
import { cut } from './cut'
import { newId } from './ids'
import { keepHead } from './keeping/keeping'
import type { KeptHead } from './keeping/visit'
import { getState, setState, type State } from './state'
import type { HeadEntry } from './state-types'
import { computeWorker } from './workers'

export type { KeptHead } from './keeping/visit'

/** Heads that are kept; the oldest goes when another comes. */
const atMost = 20

/** What a head was trained on; while it is the same, the head is not out of date. */
const basisKeys = ['photos', 'labels', 'options', 'preprocessing', 'cut'] as const
type Basis = Pick<State, (typeof basisKeys)[number]>

interface Held {
  readonly kept: Kept
  /** null for a head of an earlier visit. */
  readonly basis: Basis | null
}

/** Weights by the id of their entry, on the page too, so that a compute worker that had to be ended does not take them along. */
const held = new Map<string, Held>()

/** The heads' weights; `state.heads` has what is shown of them. An entry is replaced by another object whenever it changes. */
export const heads = {
  kept: (id: string): Kept | null => held.get(id)?.kept ?? null,

  /** The one that predicts and is exported. */
  current: (): Kept | null => heads.kept(getState().headId ?? ''),

  /** All of them, as they are kept. */
  all: (): KeptHead[] =>
    getState().heads.flatMap((entry) => {
      const kept = heads.kept(entry.id)
      return kept ? [{ entry, kept }] : []
    }),

  /** Adds a head that was trained on `basis` and makes it the current one; it takes the place of `replaced`. */
  async add(
    kept: Kept,
    { photos, labels, options, preprocessing, cut: made }: Basis,
    replaced: string | null,
  ): Promise<void> {
    const { model } = getState()
    const id = replaced ?? newId('head')
    const { report, cut: tensors } = kept
    const basis = { photos, labels, options, preprocessing, cut: made }
    const entry: HeadEntry = { id, options, cut: tensors, report, bytes: bytesOf(kept), at: Date.now() }
    // On disk before it is shown, so that what was shown is never lost.
    await keepHead({ entry, kept })
    if (getState().model?.id !== model?.id) return
    // Another may have been chosen while this one was trained: what the page shows and what the worker predicts with go together.
    await computeWorker().restoreHead(kept)
    if (getState().model?.id !== model?.id) return
    held.set(id, { kept, basis })
    setState((now) => ({
      heads: now.heads.some((other) => other.id === id)
        ? now.heads.map((other) => (other.id === id ? entry : other))
        : [...now.heads, entry].slice(-atMost),
      headId: id,
      report,
      trainedCut: tensors,
      // What changed while it ran is not in it.
      stale: basisKeys.some((key) => now[key] !== basis[key]),
    }))
    dropUnlisted()
  },

  /** Brings heads of an earlier visit back in place of all there are; `current` predicts from then on. */
  async restore(entries: readonly KeptHead[], current: string | null): Promise<void> {
    const chosen = entries.find(({ entry }) => entry.id === current)
    if (chosen) await computeWorker().restoreHead(chosen.kept)
    setState(heads.take(entries, current))
  },

  /** Takes heads as all there are, and gives what is to be put in the state; their worker is the caller's to see to. */
  take(entries: readonly KeptHead[], current: string | null): Partial<State> {
    held.clear()
    for (const { entry, kept } of entries) held.set(entry.id, { kept, basis: null })
    const chosen = entries.find(({ entry }) => entry.id === current)
    return {
      heads: entries.map(({ entry }) => entry),
      headId: chosen?.entry.id ?? null,
      report: chosen?.entry.report ?? null,
      trainedCut: chosen?.entry.cut ?? [],
    }
  },

  /** Forgets all heads, as when another model is opened. */
  forget(): void {
    held.clear()
    setState({ heads: [], headId: null, report: null, trainedCut: [], stale: false })
  },
}

/** Makes a head the current one, and brings back the cut and the settings it was trained with. Throws `no-such-head`. */
export async function chooseHead(id: string): Promise<void> {
  const { entry, kept, basis } = requireHead(id)
  if (getState().cut?.summary.tensors.join() !== entry.cut.join()) await cut(entry.cut)
  await computeWorker().restoreHead(kept)
  const { head, classWeights, augment } = entry.options
  setState(({ options, photos, labels }) => ({
    headId: id,
    report: entry.report,
    trainedCut: entry.cut,
    // Shares and seed stay: they would deal the photos again.
    options: { ...options, head, classWeights, augment },
    preprocessing: kept.preprocessing,
    stale: basis?.photos !== photos || basis.labels !== labels,
  }))
}

/** Takes a head away; the current one's place is taken by the latest of the others, if there is one. */
export async function removeHead(id: string): Promise<void> {
  requireHead(id)
  const others = getState().heads.filter((entry) => entry.id !== id)
  if (getState().headId === id) {
    const next = others.at(-1)
    if (next) await chooseHead(next.id)
    else {
      await computeWorker().forgetHead()
      setState({ headId: null, report: null, trainedCut: [], stale: false })
    }
  }
  setState(({ heads: now }) => ({ heads: now.filter((entry) => entry.id !== id) }))
  dropUnlisted()
}

function requireHead(id: string): Held & { readonly entry: HeadEntry } {
  const entry = getState().heads.find((known) => known.id === id)
  const one = held.get(id)
  if (!entry || !one) {
    throw new CutpointError('no-such-head', 'That head is not there any more.', 'Choose another one, or train again.')
  }
  return { ...one, entry }
}

function dropUnlisted(): void {
  const listed = new Set(getState().heads.map(({ id }) => id))
  for (const id of held.keys()) if (!listed.has(id)) held.delete(id)
}

function bytesOf({ head }: Kept): number {
  return head.layers.reduce((sum, { kernel, bias }) => sum + kernel.byteLength + bias.byteLength, 0)
}
