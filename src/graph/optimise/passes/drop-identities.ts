import { producer } from '../../lookup/graph-index'
import { tensorName } from '../../lookup/names'
import { opOf } from '../../ops'
import type { GraphNode } from '../../types'
import { dropoutInput } from '../dropout'
import { Edit, isControlFlow } from '../edit'
import type { Pass } from '../types'

/**
 * Drops operations that pass a value on as it is: identities, checks, and dropout, which does nothing once a network is
 * trained.
 */
export const dropIdentities: Pass = {
  name: 'drop identities, dropout and checks',
  run(work) {
    const edit = new Edit(work)
    for (const node of work.graph.nodes) {
      for (const [output, input] of passedThrough(node, edit)) {
        const tensor = tensorName(node.name, output)
        // In loops and branches an identity can be what others wait for, or where a value enters.
        if (!edit.mustStay(tensor) && !isControlFlow(producer(edit.index, input))) edit.redirect(tensor, input)
        else if (dropoutInput(node, edit.index) !== undefined) edit.replace(node, asIdentity(node, input))
      }
    }
    return edit.apply()
  },
}

/** What is fetched keeps its name; its random numbers go all the same. */
function asIdentity({ name, controlInputs, attributes: { T } }: GraphNode, input: string): GraphNode {
  return { name, op: 'Identity', inputs: [input], controlInputs, attributes: { T } }
}

/** Which outputs of a node are which of its inputs. */
function passedThrough(node: GraphNode, edit: Edit): (readonly [output: number, input: string])[] {
  if (node.op === 'IdentityN') return node.inputs.map((input, i) => [i, input] as const)
  const input = opOf(node.op)?.handsOn === true ? node.inputs.at(0) : dropoutInput(node, edit.index)
  return input === undefined ? [] : [[0, input]]
}
