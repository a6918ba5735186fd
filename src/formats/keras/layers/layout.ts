import type { Builder, KerasLayer, Symbolic } from '../types'
import { expandDims, moved, squeeze, transpose } from './ops'
import { isChannelsFirst, rankOf } from './read'

/** Works on `x` with its channels last; where the layer has them second, they are turned there and back. */
export function channelsLast(
  layer: KerasLayer,
  build: Builder,
  x: Symbolic,
  work: (turned: Symbolic) => Symbolic,
): Symbolic {
  if (!isChannelsFirst(layer)) return work(x)
  const rank = rankOf(x)
  const output = work(transpose(build, x, moved(rank, 1, rank - 1)))
  const last = rankOf(output) - 1
  return last < 1 ? output : transpose(build, output, moved(last + 1, last, 1))
}

/** Works on a series `[batch, steps, channels]` as an image of height 1. */
export function flat2d(build: Builder, x: Symbolic, work: (image: Symbolic) => Symbolic): Symbolic {
  return squeeze(build, work(expandDims(build, x, 1)), [1])
}
