import { recognise } from '../recognise'
import type { Format, SourceFile } from '../types'
import { readMetaCheckpoint } from './read'

/** What training with TensorFlow 1 leaves: a graph in `.meta`, and its variables in a checkpoint beside it. */
export const metaGraph: Format = {
  id: 'checkpoint',
  label: 'TensorFlow checkpoint with its graph (.meta, .index, .data-…)',
  match: async (files) => {
    const found: SourceFile[] = []
    for (const file of files) if ((await recognise(file)) === 'meta-graph') found.push(file)
    return found
  },
  read: readMetaCheckpoint,
}
