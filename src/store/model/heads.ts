import { CutpointError } from '../../errors'
import { bytesOf } from '../../graph/graft/layers/kept'
import type { ComputeWorker, TrainedHead } from '../../workers/compute'
import { cut } from './cut'
import { newId } from '../state/ids'
import { aboutOpenModel } from './generation'
import { keepHead } from '../keeping/keeping'
import type { StoredHead } from '../keeping/visit'
import { getState, setState, type State } from '../state/state'
import type { HeadEntry } from '../state/types'
import { trainingKey } from '../training/trained-on'
import { computeWorker } from '../workers/workers'

export type { StoredHead as KeptHead } from '../keeping/visit'

/** Heads that are kept; the oldest goes when another comes. */
const atMost = 20

/** Weights by the id of their entry, on the page too, so that a compute worker that had to be ended does not take them along. */
const held = new Map<string, TrainedHead>()

/** The heads' weights; `state.heads` has what is shown of them. An entry is replaced by another object whenever it changes. */
export const heads = {
  trained: (id: string): TrainedHead | null => held.get(id) ?? null,

  /** The one that predicts and is exported. */
  current: (): TrainedHead | null => heads.trained(getState().headId ?? ''),

  /** All of them, as they are kept. */
  all: (): StoredHead[] =>
    getState().heads.flatMap((entry) => {
      const trained = heads.trained(entry.id)
      return trained ? [{ entry, kept: trained }] : []
    }),

  /** Adds a head that was trained on `basis` and makes it the current one; it takes the place of `replaced`. */
  async add(trained: TrainedHead, basis: State, replaced: string | null): Promise<void> {
    const isOpen = (): boolean => getState().model?.id === basis.model?.id
    if (!isOpen()) return
    const id = replaced ?? newId('head')
    const { report, cut: tensors } = trained
    const { options } = basis
    const trainedOn = trainingKey(basis)
    const entry: HeadEntry = {
      id,
      options,
      cut: tensors,
      report,
      trainedOn,
      bytes: bytesOf(trained.head),
      at: Date.now(),
    }
    // On disk before it is shown, so that what was shown is never lost.
    await keepHead({ entry, kept: trained })
    if (!isOpen()) return
    // Another may have been chosen while this one was trained: what the page shows and what the worker predicts with go together.
    await computeWorker().restoreHead(trained)
    if (!isOpen()) return
    held.set(id, trained)
    setState((now) => ({
      heads: now.heads.some((other) => other.id === id)
        ? now.heads.map((other) => (other.id === id ? entry : other))
        : [...now.heads, entry].slice(-atMost),
      headId: id,
    }))
    dropUnlisted()
  },

  /** Brings heads of an earlier visit back in place of all there are; `current` predicts from then on. */
  async restore(entries: readonly StoredHead[], current: string | null): Promise<void> {
    const chosen = entries.find(({ entry }) => entry.id === current)
    await aboutOpenModel(
      async () => chosen && computeWorker().restoreHead(chosen.kept),
      () => {
        setState(heads.take(entries, current))
        heads.settle()
      },
    )
  },

  /**
   * Takes heads as all there are, and gives what is to be put in the state; their worker is the caller's to see to, and
   * `settle` once all that came with them is there.
   */
  take(entries: readonly StoredHead[], current: string | null): Pick<State, 'heads' | 'headId'> {
    held.clear()
    for (const { entry, kept: trained } of entries) held.set(entry.id, trained)
    const chosen = entries.find(({ entry }) => entry.id === current)
    return { heads: entries.map(({ entry }) => entry), headId: chosen?.entry.id ?? null }
  },

  /**
   * To be called when heads came back with photos, cut and settings: none is trained again before one of these changes.
   * Where it is not known what a head was trained on, that is what came with it.
   */
  settle(): void {
    const key = trainingKey(getState())
    const unknown = new Set(getState().heads.filter(({ trainedOn }) => trainedOn === null))
    setState(({ heads: now }) => ({
      heads: now.map((entry) => (unknown.has(entry) ? { ...entry, trainedOn: key } : entry)),
      leftAt: key,
    }))
    if (unknown.size > 0) for (const head of heads.all()) void keepHead(head)
  },

  /** Forgets all heads, as when another model is opened. */
  forget(): void {
    held.clear()
    setState({ heads: [], headId: null })
  },
}

/** Has a new compute worker predict with the current head. */
export async function restoreHead(worker: ComputeWorker['api']): Promise<void> {
  const trained = heads.current()
  if (trained) await worker.restoreHead(trained)
}

/** Makes a head the current one, and brings back the cut and the settings it was trained with. Throws `no-such-head`. */
export async function chooseHead(id: string): Promise<void> {
  const { entry, kept: trained } = requireHead(id)
  const { head, tail, classWeights, augment } = entry.options
  const chosen = (now: State): Pick<State, 'options' | 'preprocessing'> => ({
    // Shares and seed stay: they would deal the photos again.
    options: { ...now.options, head, tail, classWeights, augment },
    preprocessing: trained.preprocessing,
  })
  if (getState().cut?.summary.tensors.join() !== entry.cut.join()) {
    // Until it is the current one, the one before is not to be trained for its cut.
    setState((now) => ({ leftAt: trainingKey({ ...now, cut: { summary: { tensors: [...entry.cut] } } }) }))
    await cut(entry.cut)
  }
  await aboutOpenModel(
    () => computeWorker().restoreHead(trained),
    () => setState((now) => ({ headId: id, ...chosen(now), leftAt: trainingKey({ ...now, ...chosen(now) }) })),
  )
}

/** Takes a head away; the current one's place is taken by the latest of the others, if there is one. */
export async function removeHead(id: string): Promise<void> {
  requireHead(id)
  const others = getState().heads.filter((entry) => entry.id !== id)
  if (getState().headId === id) {
    const next = others.at(-1)
    if (next) await chooseHead(next.id)
    else
      await aboutOpenModel(
        () => computeWorker().forgetHead(),
        () => setState({ headId: null }),
      )
  }
  setState(({ heads: now }) => ({ heads: now.filter((entry) => entry.id !== id) }))
  dropUnlisted()
}

function requireHead(id: string): StoredHead {
  const entry = getState().heads.find((known) => known.id === id)
  const trained = held.get(id)
  if (!entry || !trained) {
    throw new CutpointError('no-such-head', 'That head is not there any more.', 'Choose another one, or train again.')
  }
  return { entry, kept: trained }
}

function dropUnlisted(): void {
  const listed = new Set(getState().heads.map(({ id }) => id))
  for (const id of held.keys()) if (!listed.has(id)) held.delete(id)
}
