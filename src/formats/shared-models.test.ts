import { describe, expect, it } from 'vitest'
import { openModel } from '.'
import { diskFile, hasSharedModels, quiet, sharedModels } from './testing/files'

describe.skipIf(!hasSharedModels)('the converted models of ../shared', () => {
  it.each([
    ['movenet-lightning', 331, 180],
    ['posenet', 94, 62],
    ['facemesh-attention', 2140, 1061],
  ])('opens %s whole', async (name, nodes, weights) => {
    const files = ['json', 'bin'].map((end) => diskFile(new URL(`tfjs/${name}.${end}`, sharedModels), `${name}.${end}`))
    const model = await openModel(files, quiet)
    expect(model.name).toBe(name)
    expect(model.graph.nodes).toHaveLength(nodes)
    expect(model.graph.weights.size).toBe(weights)
    expect(model.warnings).toEqual([])
  })
})
