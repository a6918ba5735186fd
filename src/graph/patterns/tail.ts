import type { GraphNode } from '../types'
import { activationAfter, biasAfter, normAfter, type Step, type Survey } from './steps'
import { onlyTaker, result } from './wiring'

/** What a layer already has, so that it is not given a second one. */
export type Roles = ReadonlySet<Step['role']>

/** Ops between the parts of a layer that leave the values as they are, or nearly so. */
const passing = new Set([
  ...['Identity', 'StopGradient', 'CheckNumerics', 'Snapshot', 'PreventGradient'],
  ...['FakeQuantWithMinMaxVars', 'FakeQuantWithMinMaxVarsPerChannel', 'FakeQuantWithMinMaxArgs'],
])
const mostPassing = 3

/** The bias, norm and activation that follow a tensor, each at most once, in whatever order a network has them. */
export function stepsAfter(survey: Survey, start: string, has: Roles): readonly Step[] {
  const roles = new Set(has)
  const steps: Step[] = []
  for (let tensor = start; ;) {
    const step = nextStep(survey, tensor, roles)
    if (!step) return steps
    steps.push(step)
    roles.add(step.role)
    tensor = step.output
  }
}

function nextStep(survey: Survey, start: string, roles: Roles): Step | null {
  const passed: GraphNode[] = []
  for (let tensor = start; ;) {
    const step = stepAt(survey, tensor, roles)
    if (step) return { ...step, nodes: [...passed, ...step.nodes] }
    const node = onlyTaker(survey, tensor)
    if (!node || !passing.has(node.op) || node.inputs[0] !== tensor || passed.length === mostPassing) return null
    passed.push(node)
    tensor = result(node)
  }
}

function stepAt(survey: Survey, tensor: string, roles: Roles): Step | null {
  // A bias is not looked for after an activation: what is added there is something else.
  const bias = roles.has('bias') || roles.has('norm') || roles.has('activation') ? null : biasAfter(survey, tensor)
  const norm = roles.has('norm') ? null : normAfter(survey, tensor)
  return bias ?? norm ?? (roles.has('activation') ? null : activationAfter(survey, tensor))
}
