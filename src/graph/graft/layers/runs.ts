import type { HeadBuilder } from '../head-builder'
import { convRun } from './conv'
import { denseRun } from './dense'
import type { HeadLayer, LayerKind, LayerKinds } from './forms'
import { globalPoolRun } from './global-pool'
import { nearestRun } from './nearest'
import { networkRun } from './network-run'
import { rbfRun } from './rbf'
import { standardiseRun } from './standardise'
import type { LayerRun } from './types'
import { unitLengthRun } from './unit-length'

const runs: { readonly [Kind in LayerKind]: LayerRun<LayerKinds[Kind]> } = {
  dense: denseRun,
  standardise: standardiseRun,
  'unit-length': unitLengthRun,
  rbf: rbfRun,
  nearest: nearestRun,
  conv: convRun,
  'global-pool': globalPoolRun,
  network: networkRun,
}

// A layer's kind and what runs it go together, which only a cast can say.
const runOf = (layer: HeadLayer): LayerRun<HeadLayer> => runs[layer.kind] as LayerRun<HeadLayer>

/** Adds all layers' nodes behind `features`; the tensor that the last one gives. */
export function addLayers(builder: HeadBuilder, layers: readonly HeadLayer[], features: string): string {
  const names = layerNames(layers)
  return layers.reduce((input, layer, index) => runOf(layer).nodes(builder, layer, input, names[index]), features)
}

/** What each layer's nodes are called: its kind's name, with a number where there are several. */
export function layerNames(layers: readonly HeadLayer[]): string[] {
  const seen = new Map<LayerKind, number>()
  return layers.map((layer) => {
    const { name } = runOf(layer)
    const several = layers.filter(({ kind }) => kind === layer.kind).length > 1
    const number = (seen.get(layer.kind) ?? 0) + 1
    seen.set(layer.kind, number)
    return several ? `${name}_${number}` : name
  })
}

/** Whether all layers can be worked out photo by photo in plain arithmetic; others are run as operations. */
export function arePlain(layers: readonly HeadLayer[]): boolean {
  return layers.every((layer) => runOf(layer).apply !== undefined)
}

/** What all layers together, which are plain ones, make of one photo's features. */
export function applyLayers(
  layers: readonly HeadLayer[],
  features: Float64Array | Float32Array,
): Float64Array | Float32Array {
  return layers.reduce<Float64Array | Float32Array>(
    (values, layer) => runOf(layer).apply?.(layer, values) ?? values,
    features,
  )
}

/** Multiply-adds of all layers for one photo. */
export function workOf(layers: readonly HeadLayer[]): number {
  return layers.reduce((sum, layer) => sum + runOf(layer).work(layer), 0)
}
