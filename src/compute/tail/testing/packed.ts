import { openModel } from '../../../formats'
import { memoryFile } from '../../../formats/source'
import { modernise } from '../../../graph/legacy'
import type { Work } from '../../../graph/optimise/types'
import { findTail } from '../../../graph/tail/tail'
import type { Tail } from '../../../graph/tail/types'

/** A tensor in `values.bin`. */
export interface Stored {
  readonly shape: readonly number[]
  readonly at: number
}

/** What tools/fixtures/tail writes. */
export interface TailFixtures {
  readonly cases: readonly GradientCase[]
  readonly networks: readonly CurveCase[]
  readonly updates: Updates
}

/** An operation, or a few, with what TensorFlow gives forward and back; tensors are in the scope of its name. */
export interface GradientCase {
  readonly name: string
  readonly maps: Stored
  readonly output: Stored
  readonly slopes: Stored
  /** By the name of the constant. */
  readonly gradients: Readonly<Record<string, Stored>>
}

/** A network whose tail Keras trained. */
export interface CurveCase {
  readonly name: string
  readonly maps: Stored
  readonly labels: readonly number[]
  /** Photos of each step. */
  readonly order: readonly (readonly number[])[]
  readonly runs: Readonly<Record<'momentum' | 'adam', { readonly rate: number; readonly losses: readonly number[] }>>
  /** Weights after the steps with momentum, by the name of the constant. */
  readonly ends: Readonly<Record<string, Stored>>
}

/** What rules make of weights by given gradients. */
export interface Updates {
  readonly rate: number
  readonly weights: Stored
  readonly gradients: Stored
  readonly ends: Readonly<Record<'sgd' | 'momentum' | 'rmsprop' | 'adam', Stored>>
}

/** Fixtures with the values of what is stored. */
export type StoredFixtures = TailFixtures & { readonly values: (stored: Stored) => Float32Array }

/** Fixtures from the bytes of `tail.json` and `values.bin`. */
export function fixturesFrom(json: Uint8Array, bytes: Uint8Array): StoredFixtures {
  const all = new Float32Array(Uint8Array.from(bytes).buffer)
  return {
    ...(JSON.parse(new TextDecoder().decode(json)) as TailFixtures),
    values: ({ shape, at }) => all.slice(at, at + shape.reduce((product, size) => product * size, 1)),
  }
}

const unwatched = { progress: () => undefined, checkCancelled: () => undefined }

/** A frozen graph, as a user's file is opened. */
export async function openGraph(bytes: Uint8Array<ArrayBuffer>): Promise<Work> {
  const model = await openModel([memoryFile('frozen.pb', bytes)], unwatched)
  return { graph: modernise(model.graph), weights: model.weights, batchFree: true }
}

/** The tail of a graph between two tensors; fails where there is none. */
export async function tailBetween({ graph, weights }: Work, freeze: string, output: string): Promise<Tail> {
  const { tail, refusal } = await findTail({ graph, weights, image: null }, { freeze, output })
  if (!tail) throw new Error(`no tail: ${JSON.stringify(refusal)}`)
  return tail
}

/** max |a − b| / max |b| */
export function apart(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Infinity
  let [largest, most] = [0, 0]
  for (let at = 0; at < b.length; at++) {
    largest = Math.max(largest, Math.abs(b[at]))
    const away = Math.abs(a[at] - b[at])
    most = Number.isNaN(away) ? Infinity : Math.max(most, away)
  }
  return most === 0 ? 0 : most / largest
}

/** The tail of a network of the fixtures: from the tensor that is called so to its output. */
export function networkTail(work: Work): Promise<Tail> {
  const freeze = work.graph.nodes.find(({ name }) => name.endsWith('freeze'))
  return tailBetween(work, `${freeze?.name ?? ''}:0`, work.graph.outputs[0].tensor)
}
