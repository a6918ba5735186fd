import { expect, it } from 'vitest'
import { withBodies } from '../../graph/calls/bodies'
import { checkGraph } from '../../graph/check'
import { openModel } from '..'
import { fixtureFiles, quiet } from '../testing/files'

it('shows the bodies of a While and an If as TensorFlow wrote them', async () => {
  const { graph } = await openModel(fixtureFiles('control-flow'), quiet)
  const { graph: shown, functionOf } = withBodies(graph)
  checkGraph(shown)
  const inputs = (name: string) => shown.nodes.find((node) => node.name === name)?.inputs
  const loop = 'StatefulPartitionedCall/while'

  expect(functionOf.size).toBe(graph.functions.reduce((sum, { nodes }) => sum + nodes.length, 0))
  expect(inputs(`${loop}/cond/while/Less`)).toEqual(['StatefulPartitionedCall/Const:0', 'times:0'])
  expect(inputs(`${loop}/body/while/MatMul`)).toEqual(['x:0', `${loop}/body/while/MatMul/ReadVariableOp:0`])
  expect(inputs(loop)?.slice(0, 2)).toEqual([`${loop}/cond/while/Less:0`, `${loop}/body/while/Identity:0`])
  expect(inputs(loop)).toContain(`${loop}/body/while/Tanh:0`)
  expect(inputs('StatefulPartitionedCall/cond')).toEqual([
    'StatefulPartitionedCall/Greater:0',
    'StatefulPartitionedCall/cond/then_branch/cond/add:0',
    'StatefulPartitionedCall/cond/else_branch/cond/sub:0',
  ])
  // A constant in a body is one still, with its data.
  const constant = shown.nodes.find(({ name }) => name === 'StatefulPartitionedCall/cond/then_branch/cond/add/y')
  expect(shown.weights.get(constant?.weight ?? '')?.shape).toEqual([])
})
