import { tensorBytes, totalCost, type TotalCost } from '../../graph/cost'
import type { ModelFacts } from '../../graph/facts'
import type { Graph } from '../../graph/types'
import type { Amounts } from './types'

const known = new WeakMap<ModelFacts, TotalCost>()

/** What the whole network costs; added up once. */
export function wholeCost(graph: Graph, facts: ModelFacts): TotalCost {
  const ready = known.get(facts)
  if (ready) return ready
  const whole = totalCost(graph, facts.costs, facts.costs.keys())
  known.set(facts, whole)
  return whole
}

/** What something costs, with its share of the whole network. */
export function amountsOf(graph: Graph, facts: ModelFacts, own: TotalCost, leaving: readonly string[]): Amounts {
  const whole = wholeCost(graph, facts)
  const { parameters, multiplyAdds, weightBytes } = own
  return {
    parameters,
    multiplyAdds,
    weightBytes,
    outputBytes: leaving.reduce((sum, tensor) => sum + tensorBytes(facts.infos.get(tensor)), 0),
    share: {
      parameters: share(parameters, whole.parameters),
      multiplyAdds: share(multiplyAdds, whole.multiplyAdds),
      weightBytes: share(weightBytes, whole.weightBytes),
    },
  }
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole)
