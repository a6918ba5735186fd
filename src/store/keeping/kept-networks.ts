import type { RecordChange } from '../../keeping/records'
import { keptSteps, storedSteps } from '../history/kept-steps'
import type { State } from '../state/state'
import type { KeptModel, KeptNetwork } from '../state/types'
import { latestFirst } from './visit'

/**
 * The most networks that are kept. Of more, those without heads are deleted first, then the one changed longest ago.
 */
export const mostNetworks = 4

/** Records to be written, and the networks that are deleted to make room. */
export interface NetworkChanges {
  readonly changes: readonly RecordChange[]
  readonly dropped: readonly KeptNetwork[]
}

const nothing: NetworkChanges = { changes: [], dropped: [] }

/**
 * The networks as they are kept, each a record with its cut and the order of its heads. Opening one leaves the others as
 * they are; a head is deleted only after it was shown and then taken away.
 */
export class KeptNetworks {
  #all = new Map<string, KeptNetwork>()
  #list: readonly KeptNetwork[] = []
  /** What the open network's record was last made of. */
  #parts: readonly unknown[] = []
  /** The network whose heads these are, and ids of its heads that were shown. */
  #open = ''
  #shown = new Set<string>()
  /** A network that is being restored, and must not be written half. */
  #held: string | null = null

  /** Starts from the networks that were read from disk. */
  adopt(networks: readonly KeptNetwork[]): void {
    this.#all = new Map(networks.map((network) => [network.model.key, network]))
    this.#parts = []
    this.#list = networks
  }

  /** The one changed last first; a new array whenever one of them has changed. */
  get list(): readonly KeptNetwork[] {
    return this.#list
  }

  get(key: string): KeptNetwork | null {
    return this.#all.get(key) ?? null
  }

  /** Writes nothing of a network until it is released. */
  hold(key: string): void {
    this.#held = key
  }

  /**
   * Ends `hold`. A network that could not be restored `whole` stays as it is on disk until something of it is changed.
   */
  release(state: State, whole: boolean): void {
    this.#held = null
    this.#shown = new Set(state.heads.map(({ id }) => id))
    this.#open = state.model?.kept?.key ?? ''
    this.#parts = whole ? [] : partsOf(state)
  }

  /** What is to be written because the open network has changed; nothing where it is not kept, or held. */
  changes(state: State): NetworkChanges {
    const model = state.model?.kept
    if (!model || model.key === this.#held) return nothing
    const parts = partsOf(state)
    if (parts.every((part, index) => part === this.#parts[index])) return nothing
    this.#parts = parts
    if (this.#open !== model.key) this.#shown = new Set()
    this.#open = model.key
    const ids = state.heads.map(({ id }) => id)
    const gone = [...this.#shown].filter((id) => !ids.includes(id))
    const unseen = (this.get(model.key)?.headOrder ?? []).filter((id) => !this.#shown.has(id) && !ids.includes(id))
    this.#shown = new Set(ids)
    const network = networkOf(model, state, [...unseen, ...ids])
    const dropped = this.#all.has(model.key) ? [] : this.#tooMany()
    for (const { model: old } of dropped) this.#all.delete(old.key)
    this.#all.set(model.key, network)
    this.#relist()
    return {
      changes: [
        { store: 'networks', key: model.key, value: network },
        ...gone.map((key): RecordChange => ({ store: 'heads', key })),
        ...dropped.flatMap(deletionOf),
      ],
      dropped,
    }
  }

  /** Forgets a network; gives the records to be written. */
  remove(key: string): readonly RecordChange[] {
    const network = this.get(key)
    this.#all.delete(key)
    this.#relist()
    return network ? deletionOf(network) : []
  }

  /** The networks to be deleted so that there is room for one more. */
  #tooMany(): KeptNetwork[] {
    const [without, having] = [0, 1].map((heads) =>
      this.#list.filter(({ headOrder }) => Math.min(1, headOrder.length) === heads),
    )
    return [...having, ...without].slice(mostNetworks - 1)
  }

  #relist(): void {
    this.#list = [...this.#all.values()].sort(latestFirst)
  }
}

const deletionOf = ({ model, headOrder }: KeptNetwork): RecordChange[] => [
  { store: 'networks', key: model.key },
  { store: 'trainings', key: model.key },
  { store: 'trainingStates', key: model.key },
  ...headOrder.map((key): RecordChange => ({ store: 'heads', key })),
]

function partsOf(state: State): unknown[] {
  const { model, cut, advice, undoSteps, preprocessing, preprocessingKnown, heads, headId } = state
  const steps = keptSteps(undoSteps)
  return [
    model?.kept,
    model?.output,
    model?.otherInputs,
    cut?.summary.tensors,
    advice,
    preprocessing,
    preprocessingKnown,
    heads,
    headId,
    steps.length,
    ...steps,
  ]
}

function networkOf(kept: KeptModel, state: State, headOrder: readonly string[]): KeptNetwork {
  const { model, cut, advice, undoSteps, preprocessing, preprocessingKnown, headId } = state
  return {
    model: kept,
    output: model?.output ?? null,
    inputs: (model?.otherInputs ?? []).map(({ tensor, value }) => ({ tensor, value })),
    cut: cut?.summary.tensors ?? null,
    ...storedSteps(undoSteps),
    preprocessing,
    preprocessingKnown,
    ...(advice && { advice }),
    headOrder,
    headId,
    at: Date.now(),
  }
}
