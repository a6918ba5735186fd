import { trunk } from '../../lookup/trunk'
import type { Pass } from '../types'

/** Leaves out what the outputs do not depend on. */
export const prune: Pass = {
  name: 'prune',
  run: (work) => ({
    ...work,
    graph: trunk(
      work.graph,
      work.graph.outputs.map(({ tensor }) => tensor),
    ),
  }),
}
