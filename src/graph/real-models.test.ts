import { describe, expect, it } from 'vitest'
import { checkGraph } from './check'
import { analyseCuts, type CutAnalysis } from './cuts/analyse'
import { freeBatch } from './batch/free-batch'
import { featureLength, graft } from './graft/graft'
import { findInputs } from './image/input'
import { scopeTree } from './lookup/scopes'
import { inferShapes } from './shapes'
import { sharedModel } from './testing/tfjs-models'
import { trunk } from './lookup/trunk'
import type { Graph, TensorInfo } from './types'

interface Analysed {
  readonly graph: Graph
  readonly infos: ReadonlyMap<string, TensorInfo>
  readonly image: string
  readonly cuts: CutAnalysis
}

function analyse(name: string, output?: string): Analysed | null {
  const graph = sharedModel(name)
  if (!graph) return null
  checkGraph(graph)
  const infos = inferShapes(graph)
  const image = findInputs(graph, infos).image ?? ''
  const question = { image, output: output ?? graph.outputs[0].tensor, supported: () => null }
  return { graph, infos, image, cuts: analyseCuts(graph, infos, question) }
}

/** Trunk to the suggested cut, freed, with a head of two labels: everything an export goes through. */
function graftSuggested({ graph, cuts, infos, image }: Analysed) {
  const cut = cuts.suggested ?? ''
  const kept = trunk(graph, [cut], infos)
  const freed = freeBatch(kept, inferShapes(kept), image)
  const length = featureLength(inferShapes(freed.graph), [cut], freed.graph) ?? 0
  const layer = {
    kind: 'dense',
    kernel: new Float32Array(2 * length),
    bias: new Float32Array(2),
    outputs: 2,
    activation: 'softmax',
  } as const
  const grafted = graft(freed.graph, inferShapes(freed.graph), [cut], { pool: 'average', layers: [layer] })
  checkGraph(grafted.graph)
  return { freed, length, shape: inferShapes(grafted.graph).get(grafted.output)?.shape }
}

const countOf = ({ verdicts }: CutAnalysis, what: 'canCut' | 'recommended'): number =>
  [...verdicts.values()].filter((verdict) => verdict[what]).length

describe('posenet', () => {
  const model = analyse('posenet')
  it.skipIf(!model)('is cut before its four heads, and its batch of one is freed', () => {
    if (!model) return
    expect(model.image).toBe('image:0')
    expect(model.cuts.suggested).toBe('MobilenetV1/MobilenetV1/Conv2d_13_pointwise/Relu6:0')
    // 27 layers in a row and the head that is looked at; the three other heads can be cut as well.
    expect(countOf(model.cuts, 'recommended')).toBe(28)
    expect(countOf(model.cuts, 'canCut')).toBe(31)
    const { freed, length, shape } = graftSuggested(model)
    expect(freed.free).toBe(true)
    expect(length).toBe(384)
    expect(shape).toEqual([null, 2])
  })
})

describe('movenet-lightning', () => {
  const model = analyse('movenet-lightning')
  it.skipIf(!model)('is cut before all its heads; its batch of one cannot be freed', () => {
    if (!model) return
    expect(model.image).toBe('input:0')
    expect(model.cuts.suggested).toMatch(/model_1\/re_lu_2\/Relu:0$/)
    const { freed, length, shape } = graftSuggested(model)
    expect(freed.free).toBe(false)
    expect(freed.blockers).toHaveLength(1)
    expect(freed.blockers[0]).toContain('Unpack “StatefulPartitionedCall/unstack”')
    expect(length).toBe(24)
    expect(shape).toEqual([1, 2])
  })

  it.skipIf(!model)('refuses what has no row for the picture, and takes what has', () => {
    const verdict = (name: string) => model?.cuts.verdicts.get(name)
    expect(verdict('StatefulPartitionedCall/unstack:0')?.why).toContain('does not count the pictures')
    expect(verdict('StatefulPartitionedCall/Reshape_4:0')?.why).toContain('one list of numbers')
    expect(verdict('StatefulPartitionedCall/Sigmoid:0')?.canCut).toBe(true)
    expect(verdict('Identity:0')).toEqual({ canCut: true, recommended: true })
  })
})

describe('facemesh-attention', () => {
  const model = analyse('facemesh-attention')
  it.skipIf(!model)('suggests a cut for each of its outputs that can be freed and grafted', () => {
    if (!model) return
    expect(model.image).toBe('input_1:0')
    for (const { tensor } of model.graph.outputs) {
      const analysed = analyse('facemesh-attention', tensor)
      const suggested = analysed?.cuts.suggested ?? ''
      expect(suggested).toMatch(/p_re_lu_\d+\/Relu:0$/)
      expect(analysed?.cuts.verdicts.get(suggested)).toEqual({ canCut: true, recommended: true })
    }
    const { freed, shape } = graftSuggested(model)
    expect(freed.free).toBe(true)
    expect(shape).toEqual([null, 2])
  })

  it.skipIf(!model)('tells shapes from data, and keeps all nodes in its scopes', () => {
    if (!model) return
    const shapes = model.graph.nodes.filter((node) => node.op === 'Shape')
    expect(shapes.length).toBe(48)
    for (const { name } of shapes) {
      expect(model.cuts.verdicts.get(`${name}:0`)?.why).toContain('only on the size of the picture')
    }
    expect(scopeTree(model.graph).get('')?.total).toBe(2140)
  })
})
