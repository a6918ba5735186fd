import { describe, expect, it } from 'vitest'
import { inferShapes } from '../shapes'
import { boolOf } from '../testing/build'
import { classifier } from '../testing/networks'
import { NetworkBuilder } from '../optimise/testing/network'
import type { Graph } from '../types'
import { cutsToCompare, mostCompared } from './compared'
import { analyse } from './testing/analyse'

const compared = (graph: Graph, most?: number): string[] =>
  cutsToCompare(graph, inferShapes(graph), analyse(graph), most)

/** A chain of so many convolutions with batch norm and activation, pooled and classified. */
function chain(layers: number): Graph {
  const build = new NetworkBuilder()
  let at = build.image([null, 16, 16, 3])
  for (let layer = 0; layer < layers; layer++) {
    const conv = build.conv(`conv${layer}`, at, [3, 3, layer === 0 ? 3 : 4, 4])
    at = build.node('Relu6', `relu${layer}`, [build.norm(`norm${layer}`, conv, 4)])
  }
  const pooled = build.node('Mean', 'pooled', [at, build.ints('axes', [1, 2])], { keep_dims: boolOf(false) })
  const logits = build.node('MatMul', 'logits', [pooled, build.floats('dense', [4, 5])])
  return build.work(build.node('Softmax', 'probabilities', [logits])).graph
}

describe('cuts to compare', () => {
  it('are the ends of layers, never what is fused into one, up to the suggested cut', () => {
    expect(compared(chain(3))).toEqual(['relu0:0', 'relu1:0', 'pooled:0'])
  })

  it('are the ends of blocks: nothing that a path goes round', () => {
    expect(compared(classifier())).toEqual(['stem:0', 'pool:0'])
  })

  it('end at the suggested cut in place of the map that it is the mean of', () => {
    const graph = chain(2)
    const { suggested } = analyse(graph)
    expect(suggested).toBe('pooled:0')
    expect(compared(graph).at(-1)).toBe('pooled:0')
    expect(compared(graph)).not.toContain('relu1:0')
  })

  it('are thinned out where they are many: the first and the last five stay', () => {
    const all = compared(chain(60), 100)
    const some = compared(chain(60))
    expect(all).toHaveLength(60)
    expect(some).toHaveLength(mostCompared)
    expect(some[0]).toBe('relu0:0')
    expect(some.slice(-5)).toEqual(all.slice(-5))
    expect(some).toEqual(all.filter((tensor) => some.includes(tensor)))
  })

  it('are none where nothing can be suggested', () => {
    const graph = chain(1)
    expect(cutsToCompare(graph, inferShapes(graph), { ...analyse(graph), suggested: null })).toEqual([])
  })
})
