import type { WriterFacts } from '../types'

/** What there is to know of the writer of TensorFlow.js graph models. */
export const tfjsGraph = { id: 'tfjs-graph', ending: 'zip' } as const satisfies WriterFacts
