import type * as v from 'valibot'
import type { HeadBuilder } from '../head-builder'

/** The size of one photo's value, without the batch: `[features]`, or `[height, width, channels]`. */
export type Size = readonly number[]

/** The fields of a layer but its arrays. */
export type FieldsOf<Layer> = { [Name in keyof Layer as Layer[Name] extends Float32Array ? never : Name]: Layer[Name] }

/** The names of a layer's arrays of numbers. */
export type ArraysOf<Layer> = Extract<
  { [Name in keyof Layer]: Layer[Name] extends Float32Array ? Name : never }[keyof Layer],
  string
>

/** What a kind of layer is made of: enough to keep one and read it back. */
export interface LayerForm<Layer extends { readonly kind: string }> {
  readonly kind: Layer['kind']
  /** The form of its fields but its kind and arrays. */
  readonly fields: { readonly [Name in Exclude<keyof FieldsOf<Layer>, 'kind'>]: v.GenericSchema<unknown, Layer[Name]> }
  /** The names of its arrays, in the order in which they are written. */
  readonly arrays: readonly ArraysOf<Layer>[]
  /** What it takes and gives; null where its arrays have not the lengths that its fields ask for. */
  readonly sizes: (
    fields: Omit<FieldsOf<Layer>, 'kind'>,
    lengths: Readonly<Record<ArraysOf<Layer>, number>>,
  ) => { readonly input: Size; readonly output: Size } | null
}

/** What a kind of layer does: as operations of TensorFlow, and in plain arithmetic. */
export interface LayerRun<Layer> {
  /** What its nodes are called; a number follows where a head has several of the kind. */
  readonly name: string
  /** Adds the layer's nodes under `name`; takes and returns tensors, `[batch, …size]`. */
  readonly nodes: (builder: HeadBuilder, layer: Layer, input: string, name: string) => string
  /** What it makes of one photo's values; sums run in float64. Layers that are too heavy for that have none, and are run as operations. */
  readonly apply?: (layer: Layer, values: Float64Array | Float32Array) => Float64Array
  /** Multiply-adds for one photo. */
  readonly work: (layer: Layer) => number
}
