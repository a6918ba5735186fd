import type { DenseLayer } from '../../graph/graft/layers/dense'
import type { StandardiseLayer } from '../../graph/graft/layers/standardise'
import type { Scaling } from '../head/rows'

/** Layers for raw features as layers for scaled ones: what `foldScaling` undoes. */
export function unfoldScaling(layers: readonly DenseLayer[], { mean, scale }: Scaling): DenseLayer[] {
  return layers.map((layer, index) => {
    if (index > 0) return layer
    const { kernel, bias, outputs } = layer
    const shifted = Float64Array.from(bias)
    const unfolded = kernel.map((weight, entry) => {
      const row = Math.floor(entry / outputs)
      shifted[entry % outputs] += weight * mean[row]
      return scale[row] > 0 ? weight / scale[row] : 0
    })
    return { ...layer, kernel: unfolded, bias: Float32Array.from(shifted) }
  })
}

/** What scales features, as a layer. */
export const scalingLayer = ({ mean, scale }: Scaling): StandardiseLayer => ({
  kind: 'standardise',
  mean: Float32Array.from(mean),
  scale: Float32Array.from(scale),
})
