import type { HeadLayer } from '../graft/layers/forms'
import { recordOf, sizesOf } from '../graft/layers/kept'
import { addLayers, layerNames } from '../graft/layers/runs'
import { tailOfHead } from './head-tail'
import type { Tail, TrainedWeight } from './types'

export interface LearningTail {
  /** From rows `[map, mask]` to the logits of the labels. */
  readonly tail: Tail
  /** Ids of the weights of each layer that has some. */
  readonly layers: readonly { readonly kernel: string; readonly bias: string }[]
  /** Numbers of a photo's map. */
  readonly length: number
  /** Numbers behind them, by which what comes into the last layer is multiplied; 0 for none. */
  readonly masked: number
}

const product = (sizes: readonly number[]): number => sizes.reduce((left, right) => left * right, 1)

/** Convolutions and dense layers as a tail in which they learn; the last one's softmax is left out. */
export function learningTail(layers: readonly HeadLayer[], isMasked: boolean): LearningTail {
  const size = sizesOf(recordOf(layers[0]))?.input ?? []
  const last = layers[layers.length - 1]
  const masked = isMasked ? product(sizesOf(recordOf(last))?.input ?? []) : 0
  const length = product(size)
  const all = layers.map((layer) => (layer === last ? ({ ...layer, activation: 'none' } as HeadLayer) : layer))
  const { tail, scope, weights } = tailOfHead([length + masked], (builder, rows) => {
    const maps = masked === 0 ? rows : builder.columns('maps', rows, 0, length)
    const map = builder.shaped('map', maps, [-1, ...size])
    if (masked === 0) return addLayers(builder, all, map)
    const averaged = addLayers(builder, all.slice(0, -1), map)
    const mask = builder.columns('mask', rows, length, masked)
    return addLayers(builder, all.slice(-1), builder.binary('Mul', 'dropout', averaged, mask))
  })
  const names = masked === 0 ? layerNames(all) : [...layerNames(all.slice(0, -1)), ...layerNames(all.slice(-1))]
  const ids = all.flatMap((layer, at) =>
    layer.kind === 'conv' || layer.kind === 'dense'
      ? [{ kernel: `${scope}/${names[at]}/kernel`, bias: `${scope}/${names[at]}/bias` }]
      : [],
  )
  const trained = ids
    .flatMap(({ kernel, bias }) => [kernel, bias])
    .map((id): TrainedWeight => {
      const shape = weights.get(id)?.info.shape ?? []
      return { id, of: id, shape, values: product(shape), isKernel: id.endsWith('/kernel') }
    })
  const parameters = trained.reduce((sum, { values }) => sum + values, 0)
  return { tail: { ...tail, trained, parameters }, layers: ids, length, masked }
}
