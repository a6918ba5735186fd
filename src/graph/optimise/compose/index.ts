import { opOf } from '../../ops'
import { Edit } from '../edit'
import type { Pass } from '../types'
import { ComposedNode, Surroundings } from './composition'

/**
 * Makes operations that TensorFlow.js lacks, or computes other than TensorFlow, of operations that it computes the same.
 * Which these are is measured: src/compute/conformance.
 */
export const composeOps: Pass = {
  name: 'compose what TensorFlow.js computes otherwise',
  run(work) {
    const edit = new Edit(work)
    const around = new Surroundings(edit)
    for (const node of work.graph.nodes) {
      const compose = opOf(node.op)?.compose
      if (!compose) continue
      const made = new ComposedNode(node, around)
      if (compose(made)) edit.replace(node, ...made.nodes)
    }
    return edit.apply()
  },
}
