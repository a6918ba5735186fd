import { describe, expect, it } from 'vitest'
import { diskFile, hasSharedModels, quiet, sharedModels } from '../../testing/files'
import { frozenFiles } from '../../frozen/testing/fixtures'
import { readBinaryGraphDef } from './read'

describe.skipIf(!hasSharedModels)('the frozen graph of ../shared', () => {
  it('is read whole', async () => {
    const file = diskFile(new URL('mobilenet_v1_0.25_128/frozen_graph.pb', sharedModels), 'frozen_graph.pb')
    const { nodes, weights } = await readBinaryGraphDef(file, { start: 0, end: file.size }, quiet)
    expect(nodes).toHaveLength(555)
    expect(weights.size).toBe(166)
  })
})

describe('a library', () => {
  it('has functions whose constants carry the names of both', async () => {
    const [file] = frozenFiles('library')
    const { functions, weights } = await readBinaryGraphDef(file, { start: 0, end: file.size }, quiet)
    const [body] = functions
    const kernel = body.nodes.find(({ op }) => op === 'Const')
    expect([kernel?.name, kernel?.weight]).toEqual([`${body.name}/kernel`, `${body.name}/kernel`])
    expect(weights.get(`${body.name}/kernel`)?.info.shape).toEqual([6, 4])
    expect(body.nodes.some(({ inputs }) => inputs.includes(`${body.name}/kernel:output:0`))).toBe(true)
  })
})
