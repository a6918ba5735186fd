import { NotLowered, type Lower } from '../types'
import { cast, gather } from './ops'
import { flagField, inputOf } from './read'

/** Rows of a table `[input_dim, output_dim]` by whole numbers. */
const embedding: Lower = (layer, call, build) => {
  if (flagField(layer, 'mask_zero', false)) {
    throw new NotLowered('It masks zeros, which every layer after it would have to heed.')
  }
  const table = build.weight(layer, 'embeddings', 0)
  return [gather(build, table, cast(build, inputOf(call), 'int32'), 0)]
}

export const embeddingLayers: ReadonlyMap<string, Lower> = new Map([['Embedding', embedding]])
