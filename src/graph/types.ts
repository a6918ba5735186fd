/** The one graph type every format is read into: structure only, small, and cloneable between threads. */
import type { Told } from '../types'

/** TensorFlow's data types in lower case, without `DT_`. */
export type DType =
  | 'float32'
  | 'float64'
  | 'float16'
  | 'bfloat16'
  | 'int8'
  | 'int16'
  | 'int32'
  | 'int64'
  | 'uint8'
  | 'uint16'
  | 'uint32'
  | 'uint64'
  | 'bool'
  | 'string'
  | 'complex64'
  | 'complex128'
  | 'quantised'
  | 'resource'
  | 'variant'
  | 'unknown'

/** One entry a dimension; null where it is not known before a run (as the batch's). */
export type Shape = readonly (number | null)[]

export type Attribute =
  | { readonly kind: 'string'; readonly value: string }
  /** A byte string that is not UTF-8, base64. */
  | { readonly kind: 'bytes'; readonly base64: string }
  | { readonly kind: 'int'; readonly value: number }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'dtype'; readonly value: DType }
  /** null: unknown rank. */
  | { readonly kind: 'shape'; readonly value: Shape | null }
  | { readonly kind: 'function'; readonly name: string; readonly attributes: Attributes }
  | { readonly kind: 'list'; readonly items: readonly Attribute[] }
  /** Something Cutpoint only carries along (an inline tensor of a function body, say), as GraphDef JSON. */
  | { readonly kind: 'opaque'; readonly json: unknown }

export type Attributes = Readonly<Partial<Record<string, Attribute>>>

/** One operation, in TensorFlow's own op names. */
export interface GraphNode {
  readonly name: string
  readonly op: string
  /** Tensors in argument order, each written `node:output`. */
  readonly inputs: readonly string[]
  /** Names of nodes that must run before this one. */
  readonly controlInputs: readonly string[]
  readonly attributes: Attributes
  /** For a constant: the id of its data in the WeightStore. */
  readonly weight?: string
  /** How many outputs a node has whose op says nothing of it: as many as others take. */
  readonly outputs?: number
}

/** What is known of a constant without its data. */
export interface WeightInfo {
  readonly id: string
  /** dtype once read; what it is stored as stands in `stored`. */
  readonly dtype: DType
  readonly shape: readonly number[]
  /** Bytes as stored in the file. */
  readonly bytes: number
  readonly stored?: Quantisation
  /** The values of small integer and bool constants (axes, shapes, permutations), which shape inference needs. */
  readonly small?: readonly number[]
  /** Of one that was made when a graph was rewritten: the weight that has the same values in the same order. */
  readonly of?: string
}

/**
 * How a weight is stored when not in its own dtype. uint8 and uint16: value = stored · scale + min (both are given); the
 * others are converted as they are (int64 and the like to int32, float64 and the like to float32).
 */
export interface Quantisation {
  readonly dtype:
    'float16' | 'bfloat16' | 'float64' | 'int8' | 'uint8' | 'int16' | 'uint16' | 'uint32' | 'int64' | 'uint64'
  readonly scale?: number
  readonly min?: number
}

export interface SignatureEntry {
  /** The name a caller uses, e.g. `output_mesh`. */
  readonly key: string
  /** `node:0` */
  readonly tensor: string
  readonly dtype: DType
  readonly shape: Shape | null
}

export interface FunctionGraph {
  readonly name: string
  readonly inputs: readonly { readonly name: string; readonly dtype: DType }[]
  readonly outputs: readonly { readonly name: string; readonly dtype: DType }[]
  /** Inputs in a body are written as stored: `argument` or `node:output_name:0`. */
  readonly nodes: readonly GraphNode[]
  /** Output name to the body's tensor. */
  readonly returns: Readonly<Record<string, string>>
}

/** What a layer was, for formats that are made of layers. */
export interface ScopeInfo {
  readonly layerClass: string
  readonly config: unknown
  /** For a layer of which the file does not say what it does, so that it can be told. */
  readonly tellable?: Tellable
}

/** A layer that can be told what it does, by the name under which it is told, and what it was told. */
export interface Tellable {
  readonly layer: string
  readonly told: Told | null
}

export interface Graph {
  readonly nodes: readonly GraphNode[]
  readonly weights: ReadonlyMap<string, WeightInfo>
  readonly inputs: readonly SignatureEntry[]
  readonly outputs: readonly SignatureEntry[]
  readonly functions: readonly FunctionGraph[]
  readonly scopes: ReadonlyMap<string, ScopeInfo>
}

export type WeightValues = Float32Array | Int32Array | Uint8Array | string[]

/** Where the data of constants lives; only the compute worker holds one. */
export interface WeightStore {
  /** Bytes as stored in the file; a view, not to be transferred. Throws CutpointError `bad-weight` for an unknown id. */
  raw(id: string): Promise<Uint8Array>
  /** The values, dequantised: float32, int32 (also int64, narrowed), uint8 and bool as Uint8Array, strings. */
  values(id: string): Promise<WeightValues>
}

/** Shape and dtype of one tensor. */
export interface TensorInfo {
  readonly shape: Shape | null
  readonly dtype: DType
}
