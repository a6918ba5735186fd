import type { TrainedOn } from '../types'
import { isRecord, without } from './older-records'

/** A key that no training has: a head with it is out of date. */
const other: TrainedOn = { photos: '', settings: '' }

/**
 * What a head was trained on that was kept before this was noted, when only the current one was said to be of what is
 * kept with it (null) or not.
 *
 * @param kept the record of a network or project, of database version 4 or project version 2
 * @param current the field of it that names the current head
 */
export function trainedOnOf(kept: object, current: 'headId' | 'head', id: unknown): TrainedOn | null {
  const { [current]: chosen, stale } = kept as Readonly<Record<string, unknown>>
  return chosen === id && stale === false ? null : other
}

/** A kept network of database version 4 as one of version 5; what is none stays as it is. */
export function networkWithoutStale(record: unknown): unknown {
  return isRecord(record) ? without(record, 'stale') : record
}

/** A head's record of database version 4 as one of version 5, by the networks of that version. */
export function headWithTrainedOn(head: unknown, networks: readonly unknown[]): unknown {
  if (!isRecord(head) || !isRecord(head.entry)) return head
  const { id } = head.entry
  const own = networks.find((network) => isRecord(network) && network.headId === id)
  return { ...head, entry: { ...head.entry, trainedOn: isRecord(own) ? trainedOnOf(own, 'headId', id) : other } }
}

/** `project.json` of version 2 as one of version 3. */
export function projectWithTrainedOn(record: object): object {
  const rest = without(record as Readonly<Record<string, unknown>>, 'stale')
  const heads = Array.isArray(rest.heads)
    ? rest.heads.map((head: unknown) =>
        isRecord(head) ? { ...head, trainedOn: trainedOnOf(record, 'head', head.id) } : head,
      )
    : rest.heads
  return { ...rest, version: 3, heads }
}

/** `project.json` of version 4 as one of version 5: layers had no kind, and said how many inputs they take. */
export function projectWithLayerKinds(record: object): object {
  const { heads } = record as { readonly heads?: unknown }
  return { ...record, version: 5, heads: Array.isArray(heads) ? heads.map(headWithKinds) : heads }
}

function headWithKinds(head: unknown): unknown {
  if (!isRecord(head) || !Array.isArray(head.layers)) return head
  return { ...head, layers: head.layers.map((layer: unknown) => (isRecord(layer) ? denseRecord(layer) : layer)) }
}

function denseRecord(layer: Readonly<Record<string, unknown>>): object {
  const { inputs, outputs } = layer
  return {
    ...without(layer, 'inputs'),
    kind: 'dense',
    arrays: { kernel: Number(inputs) * Number(outputs), bias: outputs },
  }
}
