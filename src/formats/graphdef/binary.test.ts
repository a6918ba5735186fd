import { describe, expect, it } from 'vitest'
import { diskFile, hasSharedModels, quiet, sharedModels } from '../testing/files'
import { readBinaryGraphDef } from './binary'

describe.skipIf(!hasSharedModels)('the frozen graph of ../shared', () => {
  it('is read whole', async () => {
    const file = diskFile(new URL('mobilenet_v1_0.25_128/frozen_graph.pb', sharedModels), 'frozen_graph.pb')
    const { nodes, weights } = await readBinaryGraphDef(file, { start: 0, end: file.size }, quiet)
    expect(nodes).toHaveLength(555)
    expect(weights.size).toBe(166)
  })
})
