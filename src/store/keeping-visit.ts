import type { KeptRecords } from '../keeping/records'
import type { Preprocessing, TrainOptions } from '../types'
import type { Kept } from '../workers/compute'
import type { PlacedPhoto } from './keeping-photos'
import type { HeadEntry, KeepingState, KeptModel, ModelState, Returning, State } from './state'

/** A head as it is kept. */
export interface KeptHead {
  readonly entry: HeadEntry
  readonly kept: Kept
}

/** Small things that are kept, each a record of its own. */
export interface KeptValues {
  readonly labels: readonly string[]
  readonly options: TrainOptions
  readonly autoTrain: boolean
  readonly model: KeptModel | null
  readonly output: string | null
  readonly inputs: ModelState['otherInputs']
  readonly cut: readonly string[] | null
  readonly pastCuts: State['pastCuts']
  readonly preprocessing: Preprocessing | null
  readonly preprocessingKnown: boolean
  /** Ids of the heads in their order. */
  readonly headOrder: readonly string[]
  readonly headId: string | null
  readonly stale: boolean
  /** Where the pictures are. */
  readonly files: KeepingState['kind']
  readonly at: number
}

/** What is kept of a visit; anything may be missing. */
export interface KeptVisit {
  readonly values: Partial<KeptValues>
  readonly pages: readonly (readonly PlacedPhoto[])[]
  readonly heads: readonly KeptHead[]
}

/** The records as what they were written from: by this page or an older one, which alone write them. */
export function visitOf({ values, photos, heads }: KeptRecords): KeptVisit {
  const known = Object.fromEntries(values) as Partial<KeptValues>
  const byId = new Map((heads as readonly KeptHead[]).map((head) => [head.entry.id, head]))
  return {
    values: known,
    pages: photos as KeptVisit['pages'],
    // One that was kept, but never shown, is not among them.
    heads: (known.headOrder ?? []).flatMap((id) => byId.get(id) ?? []),
  }
}

/** What there is to go on with; null where there is nothing. */
export function returningOf({ values, pages, heads }: KeptVisit): Returning | null {
  const photos = pages.reduce((sum, page) => sum + page.length, 0)
  const { model, labels, at } = values
  if (!model && photos === 0 && !labels?.length) return null
  return {
    model: model?.name ?? null,
    photos,
    labels: labels?.length ?? 0,
    heads: model ? heads.length : 0,
    at: at ?? 0,
  }
}
