import { recognise } from '../recognise'
import type { Format, SourceFile } from '../types'
import { readTfjsLayers } from './read'

/** TensorFlow.js layers models, as `model.save` of TensorFlow.js, Teachable Machine and the converter write them. */
export const tfjsLayers: Format = {
  id: 'tfjs-layers',
  label: 'TensorFlow.js layers model (model.json)',
  match: async (files) => {
    const found: SourceFile[] = []
    for (const file of files) if ((await recognise(file)) === 'tfjs-layers') found.push(file)
    return found
  },
  read: readTfjsLayers,
}
