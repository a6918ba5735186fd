import * as v from 'valibot'
import { layerForms, type HeadLayer, type LayerKind } from './forms'
import type { TrainedTail } from '../../tail/trained-tail'
import { count } from '../../../stored-fields'
import type { Size } from './types'

// A layer as it is kept: its fields beside its arrays, or in a record that says how many numbers each array has.

/** A layer without its numbers. */
export interface LayerRecord {
  readonly kind: LayerKind
  /** How many numbers each array has. */
  readonly arrays: Readonly<Record<string, number>>
}

interface Form {
  readonly kind: LayerKind
  readonly fields: Readonly<Record<string, v.GenericSchema>>
  readonly arrays: readonly string[]
  readonly sizes: (
    fields: object,
    lengths: Readonly<Record<string, number>>,
  ) => { readonly input: Size; readonly output: Size } | null
}

// What is read of a layer is checked by the form of its kind, which only a cast can say.
const formOf = (kind: LayerKind): Form => layerForms[kind] as unknown as Form

const kinds = Object.keys(layerForms) as LayerKind[]

const misfit = 'the layer’s numbers are not as many as it asks for'

/** A layer with its arrays; one that was kept before there were kinds is dense. */
export const keptLayer: v.GenericSchema<unknown, HeadLayer> = v.pipe(
  v.union(
    kinds.map((kind) => {
      const { fields, arrays } = formOf(kind)
      const numbers = Object.fromEntries(arrays.map((name) => [name, v.instance(Float32Array)]))
      const named = kind === 'dense' ? v.optional(v.literal(kind), kind) : v.literal(kind)
      return v.looseObject({ kind: named, ...fields, ...numbers }) as unknown as v.GenericSchema<unknown, HeadLayer>
    }),
  ),
  v.check((layer) => sizesOf(recordOf(layer)) !== null, misfit),
)

/** A layer without its arrays. */
export const layerRecord: v.GenericSchema<unknown, LayerRecord> = v.pipe(
  v.variant(
    'kind',
    kinds.map((kind) => {
      const { fields, arrays } = formOf(kind)
      const lengths = Object.fromEntries(arrays.map((name) => [name, count]))
      return v.looseObject({ kind: v.literal(kind), ...fields, arrays: v.object(lengths) })
    }),
  ),
  v.check((record) => sizesOf(record as LayerRecord) !== null, misfit),
)

/** A layer's record: all of it but the numbers themselves. */
export function recordOf(layer: HeadLayer): LayerRecord {
  const names = formOf(layer.kind).arrays
  const all = Object.entries(layer)
  return {
    ...Object.fromEntries(all.filter(([name]) => !names.includes(name))),
    kind: layer.kind,
    arrays: Object.fromEntries(numbersOf(layer).map(({ name, values }) => [name, values.length])),
  }
}

/** A layer's arrays, in the order in which they are written. */
export function arraysOf(layer: HeadLayer): Float32Array[] {
  return numbersOf(layer).map(({ values }) => values)
}

function numbersOf(layer: HeadLayer): { readonly name: string; readonly values: Float32Array }[] {
  const values = new Map<string, unknown>(Object.entries(layer))
  return formOf(layer.kind).arrays.flatMap((name) => {
    const array = values.get(name)
    return array instanceof Float32Array ? [{ name, values: array }] : []
  })
}

/** Bytes of the numbers of a head and of the tail that was trained with it. */
export function bytesOf({
  layers,
  tail,
}: {
  readonly layers: readonly HeadLayer[]
  readonly tail: TrainedTail | null
}): number {
  const arrays = [...layers.flatMap(arraysOf), ...(tail?.weights.map(({ values }) => values) ?? [])]
  return arrays.reduce((sum, { byteLength }) => sum + byteLength, 0)
}

/** How many numbers the arrays of a record have, in the order in which they are written. */
export function lengthsOf({ kind, arrays }: LayerRecord): number[] {
  return formOf(kind).arrays.map((name) => arrays[name])
}

/** The layer of a record, from its arrays in the order in which they are written. */
export function layerOf(record: LayerRecord, arrays: readonly Float32Array[]): HeadLayer {
  const names = formOf(record.kind).arrays
  const fields = Object.entries(record).filter(([name]) => name !== 'arrays')
  const layer: unknown = Object.fromEntries([...fields, ...names.map((name, index) => [name, arrays[index]])])
  return layer as HeadLayer
}

/** What a layer takes and gives; null for one that is not whole. */
export function sizesOf(record: LayerRecord): { readonly input: Size; readonly output: Size } | null {
  return formOf(record.kind).sizes(record, record.arrays)
}

/** Whether layers take each other's outputs, and the last one gives a number for each label. */
export function layersFit(records: readonly LayerRecord[], labels: number): boolean {
  const sizes = records.map(sizesOf)
  return sizes.every((size, index) => {
    if (size === null) return false
    const next = index + 1 === sizes.length ? [labels] : sizes[index + 1]?.input
    return size.output.join() === next?.join()
  })
}
