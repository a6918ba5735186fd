import { floatAttribute, stringsAttribute } from '../lookup/attributes'
import { tensorName } from '../lookup/names'
import { uniqueName } from '../lookup/unique-name'
import { withoutStoredShapes } from '../optimise/attributes'
import { Edit } from '../optimise/edit'
import type { Pass } from '../optimise/types'
import { activationOps } from '../ops/activation'
import { table } from '../table'
import type { Attribute, Attributes, GraphNode } from '../types'

/** Operations by the fused ones that are made of them. */
const plain = table({
  _FusedConv2D: 'Conv2D',
  FusedDepthwiseConv2dNative: 'DepthwiseConv2dNative',
  _FusedMatMul: 'MatMul',
})

/** Takes fused operations apart into the layer, its bias and its activation; what else is fused stays. */
export const unfuse: Pass = {
  name: 'take fused layers apart',
  run(work) {
    const edit = new Edit(work)
    for (const node of work.graph.nodes) {
      const parts = partsOf(node, (name) => edit.index.nodes.has(name))
      if (parts) edit.replace(node, ...parts)
    }
    return edit.apply()
  },
}

/** Attributes that say what is fused. */
const fusing = new Set(['fused_ops', 'num_args', 'epsilon', 'leakyrelu_alpha'])

const only = (name: string, attribute: Attribute | undefined): Attributes => (attribute ? { [name]: attribute } : {})

function partsOf(node: GraphNode, taken: (name: string) => boolean): GraphNode[] | null {
  const op = plain.get(node.op)
  if (op === undefined) return null
  // Converters write NoOp where there is no bias.
  const fused = stringsAttribute(node, 'fused_ops', []).filter((name) => name !== 'NoOp')
  const isKnown = fused.every(
    (name, at) => (name === 'BiasAdd' && at === 0) || activationOps.get(name)?.trains !== undefined,
  )
  if (!isKnown || fused.length > 2) return null
  const kept = Object.fromEntries(
    Object.entries(withoutStoredShapes(node.attributes)).filter(([name]) => !fusing.has(name)),
  )
  const [data, kernel, ...args] = node.inputs
  const steps = [{ op, inputs: [kernel], attributes: kept }, ...fused.map((name) => stepOf(name, node, args))]
  let value = data
  return steps.map(({ op, inputs, attributes }, at) => {
    const name = at === steps.length - 1 ? node.name : uniqueName(`${node.name}/${op}`, taken)
    const part = { name, op, inputs: [value, ...inputs], controlInputs: at === 0 ? node.controlInputs : [], attributes }
    value = tensorName(name)
    return part
  })
}

/** A bias or an activation that is fused into a node; takes what it needs from the arguments. */
function stepOf(
  op: string,
  node: GraphNode,
  args: string[],
): { readonly op: string; readonly inputs: readonly string[]; readonly attributes: Attributes } {
  const takesMore = op === 'BiasAdd' || op === 'Prelu'
  const alpha: Attribute = { kind: 'float', value: floatAttribute(node, 'leakyrelu_alpha', 0.2) }
  return {
    op,
    inputs: takesMore ? args.splice(0, 1) : [],
    attributes: {
      ...only('T', node.attributes.T),
      ...(op === 'BiasAdd' && only('data_format', node.attributes.data_format)),
      ...(op === 'LeakyRelu' && { alpha }),
    },
  }
}
