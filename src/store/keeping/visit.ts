import type { KeptRecords } from '../../keeping/records'
import type { OwnNetwork } from '../../graph/graft/network/types'
import { storedVisit } from '../../keeping/schema/stored'
import type { TrainOptions } from '../../types'
import type { TrainedHead } from '../../workers/compute'
import type { HeadEntry, KeepingState, KeptNetwork, Returning } from '../state/types'
import type { PlacedPhoto } from './photo-pages'

/** A trained head as it is stored, with its row in the table of heads. */
export interface StoredHead {
  readonly entry: HeadEntry
  readonly kept: TrainedHead
}

/** Small values that are stored, each as a record of its own. */
export interface KeptValues {
  readonly labels: readonly string[]
  readonly options: TrainOptions
  readonly ownNetwork: OwnNetwork | null
  readonly autoTrain: boolean
  /** Where the pictures are. */
  readonly files: KeepingState['kind']
  readonly at: number
}

/** What is kept of a visit; anything may be missing. Heads are read when they are needed. */
export interface KeptVisit {
  readonly values: Partial<KeptValues>
  /** The one changed last comes first. */
  readonly networks: readonly KeptNetwork[]
  readonly pages: readonly (readonly PlacedPhoto[])[]
  /** How many stored records cannot be read. */
  readonly leftOut: number
}

/** Checks stored records and gives what they were written from; those that do not fit the schema are left out. */
export function visitOf(records: KeptRecords): KeptVisit {
  const { values, networks, pages, leftOut } = storedVisit(records)
  const labels = new Set([...(values.labels ?? []), ...pages.flat().map(([, { label }]) => label)])
  return {
    values: labels.size > 0 ? { ...values, labels: [...labels] } : values,
    networks: [...networks].sort(latestFirst),
    pages,
    leftOut,
  }
}

/** For sorting: the network that was changed last comes first. */
export const latestFirst = (one: KeptNetwork, other: KeptNetwork): number => other.at - one.at

/** A summary of what this visit can go on with; null where there is nothing. */
export function returningOf({ values, networks, pages }: KeptVisit): Returning | null {
  const photos = pages.reduce((sum, page) => sum + page.length, 0)
  const { labels, at } = values
  const network = networks.at(0)
  if (!network && photos === 0 && !labels?.length) return null
  return {
    model: network?.model.name ?? null,
    photos,
    labels: labels?.length ?? 0,
    heads: network?.headOrder.length ?? 0,
    at: at ?? 0,
  }
}
