import { describe, expect, test } from 'vitest'
import { indexGraph } from '../../graph/lookup/graph-index'
import { scopeTree } from '../../graph/lookup/scopes'
import { GraphBuilder } from '../../graph/testing/build'
import type { Graph } from '../../graph/types'
import { groupGraph } from '../group/group'
import { createLayouter } from '../layouter'
import { openingView } from '../opening'
import { crossings } from '../group/border-crossings'
import { efficientNet, hasSharedModels, sharedModel } from '../testing/graphs'
import type { Box, LaidOut } from '../types'

async function laidOut(graph: Graph): Promise<LaidOut> {
  const index = indexGraph(graph)
  const plain = groupGraph(index, scopeTree(graph))
  const unfolded = openingView(plain, crossings(graph, plain))
  return createLayouter(graph, groupGraph(index, scopeTree(graph), { constants: true })).layout(unfolded)
}

/** How far, across the flow and along it, each constant's box is from the nearest one that uses it. */
function distances(graph: Graph, { boxes, edges }: LaidOut): { across: number; along: number }[] {
  const constants = new Set(graph.nodes.flatMap(({ op, name }) => (op === 'Const' ? [`n:${name}`] : [])))
  const byId = new Map(boxes.map((box) => [box.id, box]))
  const nearest = new Map<string, { across: number; along: number }>()
  for (const { from, to } of edges) {
    const [constant, user] = [byId.get(from), byId.get(to)]
    if (!constants.has(from) || !constant || !user) continue
    const found = { across: gap(constant, user), along: user.y - constant.y - constant.height }
    if (found.along <= (nearest.get(from)?.along ?? Infinity)) nearest.set(from, found)
  }
  return [...nearest.values()]
}

const gap = (a: Box, b: Box): number => Math.max(0, a.x - b.x - b.width, b.x - a.x - a.width)

describe('besideUsers', () => {
  test('sets constants at both sides of the main path, right above what uses them', async () => {
    const build = new GraphBuilder()
    const image = build.node('Cos', 'cos', [build.input('image', [1, 8])])
    const parts = ['gamma', 'beta', 'mean', 'variance'].map((name) => build.constant(name, [8]))
    const norm = build.node('Unknown', 'norm', [image, ...parts])
    const { boxes } = await laidOut(build.graph(build.node('Sin', 'sin', [norm])))
    const at = (name: string): Box => boxes.find((box) => box.name === name) ?? boxes[0]
    const middle = at('norm').x
    expect(at('cos').x).toBeCloseTo(middle)
    const sides = ['gamma', 'beta', 'mean', 'variance'].map((name) => Math.sign(at(name).x - middle))
    expect(sides.toSorted()).toEqual([-1, -1, 1, 1].toSorted())
    for (const name of ['gamma', 'beta', 'mean', 'variance']) expect(at(name).y).toBe(at('cos').y)
  })

  test('follows constants that are passed on', async () => {
    const build = new GraphBuilder()
    let last = build.input('image', [1, 8])
    for (let i = 0; i < 6; i++) last = build.node('Cos', `cos_${i}`, [last])
    const read = build.node('ReadVariableOp', 'read', [build.constant('weights', [8])])
    const { boxes } = await laidOut(build.graph(build.node('Mul', 'mul', [last, read])))
    const y = (name: string) => boxes.find((box) => box.name === name)?.y ?? NaN
    // Beside what is as far from the end, whose box may be a bit higher or lower.
    expect(Math.abs(y('read') - y('cos_5'))).toBeLessThan(20)
    expect(Math.abs(y('weights') - y('cos_4'))).toBeLessThan(20)
  })

  test('keeps constants near what uses them in real networks', async () => {
    const graphs = [efficientNet(), ...(hasSharedModels ? [sharedModel('movenet-lightning')] : [])]
    for (const graph of graphs) {
      for (const { across, along } of distances(graph, await laidOut(graph))) {
        expect(along).toBeGreaterThan(0)
        expect(along).toBeLessThan(250)
        expect(across).toBeLessThan(720)
      }
    }
  })
})
