import { uniqueName } from '../../lookup/unique-name'
import { inputNode, weightsOf } from '../network/source'
import { requireWhole } from '../network/whole'
import type { NetworkLayer } from './network'
import type { LayerRun } from './types'

/** The network's own nodes in a scope of its own, and a softmax behind them. */
export const networkRun: LayerRun<NetworkLayer> = {
  name: 'network',
  nodes: (builder, { structure, weights }, input, name) => {
    requireWhole(structure)
    const taken = new Set(structure.nodes.map((node) => node.name))
    const own = (wanted: string): string => `${name}/${uniqueName(wanted, (other) => taken.has(other))}`
    const { inputShape } = structure
    const given = inputShape.length > 1 ? builder.shaped(own('map'), input, [-1, ...inputShape]) : input
    const placeholder = inputNode(structure)
    const logits = builder.copied(
      name,
      structure.nodes.filter((node) => node.name !== placeholder),
      { weights: weightsOf(structure, weights), given: new Map([[structure.input, given]]) },
    )(structure.output)
    return builder.unary('Softmax', own('Softmax'), logits)
  },
  work: ({ structure, weights }) => weights.length + structure.nodes.length,
}
