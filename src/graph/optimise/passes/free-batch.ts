import { freeBatch } from '../../batch/free-batch'
import { inferShapes } from '../../shapes'
import { overlayWeights } from '../../lookup/weights'
import type { Pass } from '../types'

/** Lets any number of pictures through at once, where the network bakes in how many there are. */
export const freeTheBatch: Pass = {
  name: 'free the batch',
  run(work, { image }) {
    if (image === null) return work
    const freed = freeBatch(work.graph, inferShapes(work.graph), image)
    return { graph: freed.graph, weights: overlayWeights(work.weights, freed.weights), batchFree: freed.free }
  },
}
