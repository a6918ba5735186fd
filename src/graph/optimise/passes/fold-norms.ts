import { tensorName } from '../../lookup/names'
import type { GraphNode, WeightStore } from '../../types'
import { affineOf, compose, type Affine } from '../affine'
import { floatsOf } from '../constant'
import { derivedFloats } from '../derived'
import { Edit } from '../edit'
import { linearOp, type LinearOp } from '../linear-op'
import type { Pass } from '../types'

/**
 * Folds what scales and shifts the channels of a convolution or a product by constants into its kernel and one bias:
 * batch norms, fused or spelled out (once their constants are folded), with the biases between. A tensor that is fetched
 * or taken twice ends the folding.
 */
export const foldNorms: Pass = {
  name: 'fold batch norms',
  async run(work) {
    const edit = new Edit(work)
    for (const node of work.graph.nodes) {
      const op = linearOp(node, edit.index)
      if (!op) continue
      const chain = await affineChain(op, edit, work.weights)
      if (chain) fold(op, chain, edit)
    }
    return edit.apply()
  },
}

interface Chain {
  readonly last: GraphNode
  readonly affine: Affine
}

/** All that can be folded into an op; null where there is nothing, or only what already is a bias. */
async function affineChain(op: LinearOp, edit: Edit, weights: WeightStore): Promise<Chain | null> {
  let affine: Affine = {
    scale: new Float64Array(op.channels).fill(1),
    offset: op.bias ? Float64Array.from(await floatsOf(weights, op.bias)) : new Float64Array(op.channels),
  }
  const found: GraphNode[] = []
  for (let tensor = op.output; ; tensor = tensorName(found[found.length - 1].name)) {
    const next = edit.onlyTaker(tensor)
    const more = next && (await affineOf(next, tensor, op, edit, weights))
    if (!more) break
    affine = compose(affine, more)
    found.push(next)
  }
  const last = found.at(-1)
  if (!last || (!op.bias && found.length === 1 && last.op === 'BiasAdd')) return null
  return { last, affine }
}

function fold({ node, kernel, bias, run, channels }: LinearOp, { last, affine }: Chain, edit: Edit): void {
  const { scale, offset } = affine
  const isScaled = scale.some((value) => value !== 1)
  const scaled = isScaled
    ? edit.addConstant(
        `${node.name}/folded_kernel`,
        derivedFloats(kernel.shape, async (weights) => scaleChannels(await floatsOf(weights, kernel), scale, run)),
      )
    : null
  const shift = edit.addConstant(
    `${last.name}/folded_bias`,
    derivedFloats([channels], () => Float32Array.from(offset)),
  )
  const [input, stored, ...more] = node.inputs
  const inputs = [input, scaled?.tensor ?? stored]
  const constants = [...(scaled ? [scaled.node] : []), shift.node]
  if (bias) {
    edit.replace(node, ...constants, { ...node, name: last.name, inputs: [...inputs, shift.tensor] })
    edit.replace(last)
    return
  }
  edit.replace(node, ...constants, { ...node, inputs: [...inputs, ...more] })
  edit.replace(last, biasAdd(last, tensorName(node.name), shift.tensor))
}

function scaleChannels(kernel: Float32Array, scale: Float64Array, run: number): Float32Array {
  const scaled = new Float32Array(kernel.length)
  for (let at = 0; at < kernel.length; at++) scaled[at] = kernel[at] * scale[Math.floor(at / run) % scale.length]
  return scaled
}

function biasAdd(node: GraphNode, value: string, bias: string): GraphNode {
  return {
    name: node.name,
    op: 'BiasAdd',
    inputs: [value, bias],
    controlInputs: node.controlInputs,
    attributes: { T: { kind: 'dtype', value: 'float32' }, data_format: { kind: 'string', value: 'NHWC' } },
  }
}
