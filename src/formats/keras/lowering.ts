import type { Told, ToldLayer } from '../../types'
import type { WeightNodes } from './builder'
import type { Draft } from './draft'
import type { LayerConfig } from './config/model'
import type { KerasLayer, LayerWeight, Lower } from './types'

/** Where layers find their weights; `path` is the layer with the models around it, outermost first. */
export type FindWeights = (path: readonly LayerConfig[]) => readonly LayerWeight[]

export interface LoweringOptions {
  readonly file: string
  readonly kerasVersion: number
  readonly lowerings: ReadonlyMap<string, Lower>
  readonly findWeights: FindWeights
  /** What layers do of which the file does not say it. */
  readonly told?: readonly ToldLayer[]
}

/** What stays the same while a model and the models in it are lowered. */
export interface Lowering extends Omit<LoweringOptions, 'told'> {
  readonly told: ReadonlyMap<string, Told>
  /** Tensors whose shape is a guess, or follows from one. */
  readonly guessed: Set<string>
  readonly draft: Draft
  readonly layers: Map<LayerConfig, KerasLayer>
  readonly made: WeightNodes
  /** How many calls of layers there were. */
  readonly count: { calls: number }
  /** Layers that stay opaque, with why. */
  readonly opaque: { readonly layer: KerasLayer; readonly why: string; readonly canTell: boolean }[]
}
