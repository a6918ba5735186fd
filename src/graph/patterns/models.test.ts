import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { stringsAttribute } from '../lookup/attributes'
import { indexGraph, type GraphIndex } from '../lookup/graph-index'
import { GraphBuilder } from '../testing/build'
import { graphFromModelJson, type ModelJson } from '../testing/model-json'
import { sharedModel } from '../testing/tfjs-models'
import type { Graph, GraphNode } from '../types'
import type { Pattern } from './index'
import { outline, patternsOf } from './testing/find'
import { conv, depthwise, mix, spelledNorm } from './testing/parts'

const sample = new URL('../../../public/models/efficientnet-lite0/', import.meta.url)

function efficientNet(): Graph {
  const shards = readdirSync(sample).filter((name) => name.endsWith('.bin'))
  const bytes = Buffer.concat(shards.sort().map((name) => readFileSync(new URL(name, sample))))
  return graphFromModelJson(JSON.parse(readFileSync(new URL('model.json', sample), 'utf8')) as ModelJson, bytes)
}

/** MobileNet v1 as TensorFlow 1 froze it: 27 convolutions with a batch norm of seven operations each, and the logits. */
function frozenMobileNet(): Graph {
  const build = new GraphBuilder()
  const layer = (name: string, made: string, channels: number) =>
    build.node('Relu6', `${name}/Relu6`, [spelledNorm(build, `${name}/BatchNorm/batchnorm`, made, channels)])
  const image = build.input('input', [1, 128, 128, 3])
  let last = layer('Conv2d_0', conv(build, 'Conv2d_0/convolution', image, [3, 3, 3, 8], { stride: 2 }), 8)
  const widths = [8, 16, 32, 32, 64, 64, 128, 128, 128, 128, 128, 128, 256, 256]
  for (let i = 1; i < widths.length; i++) {
    const [from, to] = [widths[i - 1], widths[i]]
    const stride = [2, 4, 6, 12].includes(i) ? 2 : 1
    const filtered = depthwise(build, `Conv2d_${i}_depthwise/depthwise`, last, [3, 3, from, 1], { stride })
    last = layer(`Conv2d_${i}_depthwise`, filtered, from)
    last = layer(`Conv2d_${i}_pointwise`, conv(build, `Conv2d_${i}_pointwise/convolution`, last, [1, 1, from, to]), to)
  }
  const dropout = build.node('Identity', 'Dropout_1b/Identity', [build.node('AvgPool', 'AvgPool_1a/AvgPool', [last])])
  const squeezed = build.node('Squeeze', 'SpatialSqueeze', [mix(build, 'Conv2d_1c_1x1', dropout, 256, 1001)])
  const reshape = (name: string, x: string) => build.node('Reshape', name, [x, build.constant(`${name}/shape`, [2])])
  const softmax = build.node('Softmax', 'Predictions/Softmax', [reshape('Predictions/Reshape', squeezed)])
  return build.graph(reshape('Predictions/Reshape_1', softmax))
}

const convolutions = /^(_Fused)?(Conv[123]D|FusedDepthwise.*|DepthwiseConv2dNative|Conv2DBackpropInput)$/
const words: Partial<Record<string, string>> = {
  BiasAdd: 'bias',
  FusedBatchNormV3: 'BN',
  Relu: 'ReLU',
  Relu6: 'ReLU6',
  Prelu: 'PReLU',
  Elu: 'ELU',
  Sigmoid: 'sigmoid',
}

/** What really follows a convolution: walked here node by node, without the finder's look-ups. */
function truth(index: GraphIndex, node: GraphNode): { nodes: string[]; title: string } {
  const title = stringsAttribute(node, 'fused_ops', []).map((op) => words[op] ?? op)
  const nodes = [node.name]
  for (let tensor = `${node.name}:0`; ;) {
    const uses = index.uses.get(tensor) ?? []
    if (uses.length !== 1 || index.graph.outputs.some((entry) => entry.tensor === tensor)) break
    const [{ node: taker }] = uses
    const others = taker.inputs.filter((input) => input !== tensor)
    const isFixed = others.every((input) => fromConstants(index, input))
    // The product and the sum of a batch norm in single operations; a product alone is something else.
    const [next] = index.uses.get(`${taker.name}:0`) ?? []
    if (isFixed && taker.op === 'Mul' && next.node.op === 'Add') title.push('BN')
    else if (!(isFixed && taker.op === 'Add' && title.at(-1) === 'BN')) {
      const word = words[taker.op]
      if (word === undefined || !isFixed) break
      title.push(word)
    }
    nodes.push(taker.name)
    tensor = `${taker.name}:0`
  }
  return { nodes, title: title.join(' · ') }
}

function fromConstants(index: GraphIndex, tensor: string): boolean {
  const node = index.nodes.get(tensor.replace(/:\d+$/, ''))
  if (!node) return false
  if (node.op === 'Const') return true
  return node.inputs.length > 0 && node.inputs.every((input) => fromConstants(index, input))
}

/** Names of the convolutions that are not named together with all that follows them, and how many there are. */
function missed(graph: Graph, patterns: readonly Pattern[]): { total: number; missed: string[] } {
  const index = indexGraph(graph)
  const leaves = patterns.flatMap(function leavesOf(pattern): Pattern[] {
    return pattern.inner.length > 0 ? pattern.inner.flatMap(leavesOf) : [pattern]
  })
  const all = graph.nodes.filter((node) => convolutions.test(node.op))
  const bad = all.filter((node) => {
    const { nodes, title } = truth(index, node)
    const pattern = leaves.find((leaf) => leaf.kind === 'convolution' && leaf.nodes.includes(node.name))
    const said = pattern?.title.split(' · ').slice(1).join(' · ')
    return said !== title || nodes.some((name) => !pattern?.nodes.includes(name))
  })
  return { total: all.length, missed: bad.map((node) => node.name) }
}

const count = (patterns: readonly Pattern[], kind: Pattern['kind']) =>
  patterns.filter((pattern) => pattern.kind === kind).length

describe('all convolutions are named with the norm and activation that follow', () => {
  it('in EfficientNet-Lite0, whose blocks are found', () => {
    const graph = efficientNet()
    const patterns = patternsOf(graph)
    expect(missed(graph, patterns)).toEqual({ total: 49, missed: [] })
    expect(count(patterns, 'inverted-residual')).toBe(16)
    expect(patterns.map(({ title }) => title)).toEqual(
      expect.arrayContaining([
        'Conv 3×3, 32, stride 2 · BN · ReLU6',
        'Inverted residual 5×5, 112 → 672 → 192, stride 2',
        'Inverted residual 5×5, 192 → 1152 → 192 · skip',
        'Classifier 1280 → 1000 · softmax',
      ]),
    )
    // Nothing is left but the input.
    const covered = patterns.flatMap(({ nodes }) => nodes)
    expect(graph.nodes.filter((node) => node.op !== 'Const' && !covered.includes(node.name))).toHaveLength(1)
  })

  it('in MobileNet v1 as it was frozen', () => {
    const graph = frozenMobileNet()
    const patterns = patternsOf(graph)
    expect(missed(graph, patterns)).toEqual({ total: 28, missed: [] })
    expect(outline(patterns).slice(0, 4)).toEqual([
      'Conv 3×3, 8, stride 2 · BN · ReLU6',
      'Separable conv 3×3, 16 · BN · ReLU6',
      ' Depthwise 3×3 · BN · ReLU6',
      ' Conv 1×1, 16 · BN · ReLU6',
    ])
    expect(count(patterns, 'separable')).toBe(13)
    expect(patterns.at(-1)?.title).toBe('Classifier 256 → 1001 · softmax')
  })

  it.each([
    ['movenet-lightning', 74, 'inverted-residual', 17],
    ['posenet', 31, 'separable', 13],
    ['facemesh-attention', 146, 'residual', 66],
  ] as const)('in %s', (name, total, kind, blocks) => {
    const graph = sharedModel(name)
    if (!graph) return
    const patterns = patternsOf(graph)
    expect(missed(graph, patterns)).toEqual({ total, missed: [] })
    expect(count(patterns, kind)).toBe(blocks)
  })
})
