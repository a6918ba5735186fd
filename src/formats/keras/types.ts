import type { Attributes, DType, Shape } from '../../graph/types'
import { isRecord, type JsonRecord } from '../json'
import type { StoredWeight } from '../weights/store'

/** A tensor while a model of layers is lowered to operations. */
export interface Symbolic {
  /** As the graph names it: `conv1/Conv2D:0`. */
  readonly tensor: string
  /** As far as it is known; the batch is null. */
  readonly shape: Shape | null
  readonly dtype: DType
}

/** Whether an argument of a call is a tensor. */
export function isSymbolic(value: unknown): value is Symbolic {
  return isRecord(value) && typeof value.tensor === 'string' && typeof value.dtype === 'string' && 'shape' in value
}

/** One of a layer's weights, as its file has it. */
export interface LayerWeight {
  /** Its name within the layer (`kernel`, `query/kernel`); '' where the file does not say. */
  readonly name: string
  readonly stored: StoredWeight
}

/** A layer of any Keras, its configuration as the file has it. */
export interface KerasLayer {
  readonly name: string
  /** Without module or package: `Conv2D`. */
  readonly className: string
  readonly config: JsonRecord
  /** The module Keras 3 states: `keras.layers`, `keras.src.ops.numpy`, a package of custom objects; '' where none is. */
  readonly module: string
  /** Major version of the Keras that wrote it: 1, 2 or 3; 2 where the file does not say. hard_sigmoid is another since 3. */
  readonly kerasVersion: number
  /** In the order in which Keras lists them. */
  readonly weights: readonly LayerWeight[]
}

/** What a layer is called with: tensors, plain JSON, or lists of such. */
export type Argument = Symbolic | JsonRecord | readonly Argument[] | string | number | boolean | null

export interface Call {
  readonly args: readonly Argument[]
  readonly kwargs: Readonly<Partial<Record<string, Argument>>>
}

/** What constants of few values are made in. */
export type NumberType = 'float32' | 'int32' | 'uint8' | 'bool'

/** A number, a list, or a matrix by rows of the same length. */
export type Numbers = number | readonly number[] | readonly (readonly number[])[]

/** Adds operations to the graph under the scope of the layer that is being lowered. */
export interface Builder {
  /** An operation with one output; its shape and dtype are inferred. `name` is made unique within the scope. */
  op(name: string, op: string, inputs: readonly Symbolic[], attributes?: Attributes): Symbolic
  /** The same with several outputs. */
  ops(name: string, op: string, inputs: readonly Symbolic[], attributes?: Attributes): readonly Symbolic[]
  /** A constant of few values, a number, a list or a matrix: int32 where all are whole and no dtype is given. */
  numbers(name: string, values: Numbers, dtype?: NumberType): Symbolic
  /**
   * The layer's weight of that name, or where the file names none the one at `index`, under the name in the graph.
   * `shape` reads it as another shape of as many values. Throws CutpointError `bad-weight` if it is not there.
   */
  weight(layer: KerasLayer, name: string, index: number, shape?: readonly number[]): Symbolic
  /** Whether there is such a weight. */
  hasWeight(layer: KerasLayer, name: string, index: number): boolean
}

/** Lowers one call of a layer; its outputs in order. Throws NotLowered for what cannot be expressed. */
export type Lower = (layer: KerasLayer, call: Call, build: Builder) => readonly Symbolic[]

/** Why a layer becomes one opaque node; not an error for the user. */
export class NotLowered extends Error {}

/**
 * The keys under which a layer's Lower is looked for, first to last: Keras 3 operations inside functional models as
 * `ops.Add` (their class names are also those of layers), Keras 2's TFOpLambda and SlicingOpLambda by their function
 * (`math.add`), then the class name.
 */
export function loweringKeys(layer: KerasLayer): readonly string[] {
  const { className, module, config } = layer
  const named = Object.hasOwn(config, 'function') ? config.function : undefined
  if (className.endsWith('OpLambda') && typeof named === 'string') return [named, className]
  if (!isBuiltIn(layer)) return []
  // Not the layer of that name: `ops.Average` is another thing.
  return /(^|\.)ops(\.|$)/.test(module) ? [`ops.${className}`] : [className]
}

/** Classes outside `keras.layers`, of Keras' own applications and of EfficientNet's many copies; each does one thing. */
const copied = new Set(['CustomScaleLayer', 'LayerScale', 'FixedDropout', 'DropConnect'])

/** Whether a class is Keras' own; one of another package may have the name of a built-in and compute something else. */
export function isBuiltIn({ className, module }: Pick<KerasLayer, 'className' | 'module'>): boolean {
  return module === '' || /^(tensorflow\.(python\.)?)?(tf_)?keras(\.|$)/i.test(module) || copied.has(className)
}
