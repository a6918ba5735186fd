import { recognise } from '../recognise'
import type { Format, SourceFile } from '../types'
import { readFrozen } from './read'

/** TensorFlow's GraphDef with its weights as constants, as `freeze_graph` and the retraining scripts write it. */
export const frozen: Format = {
  id: 'frozen',
  label: 'Frozen TensorFlow graph (.pb, .pbtxt)',
  match: async (files) => {
    const found: SourceFile[] = []
    for (const file of files) {
      const kind = await recognise(file)
      if (kind === 'graphdef' || kind === 'graphdef-text') found.push(file)
    }
    return found
  },
  read: readFrozen,
}
