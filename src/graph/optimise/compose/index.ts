import { Edit } from '../edit'
import type { Pass } from '../types'
import { arithmetic } from './arithmetic'
import { Composition, Surroundings, type Compose } from './composition'
import { quantise } from './fake-quant'
import { shaping } from './shaping'

const compositions: ReadonlyMap<string, Compose> = new Map([...arithmetic, ...quantise, ...shaping])

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
      const compose = compositions.get(node.op)
      if (!compose) continue
      const made = new Composition(node, around)
      if (compose(made)) edit.replace(node, ...made.nodes)
    }
    return edit.apply()
  },
}
