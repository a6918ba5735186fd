import { activationAfter, biasAfter, normAt, type FollowingStep, type Survey } from './steps'
import { onlyTaker, type Op, type Value } from './wiring'

/** What a layer already has, so that it is not given a second one. */
export type Roles = ReadonlySet<FollowingStep['role']>

/** Ops between the parts of a layer that leave the values as they are, or nearly so. */
const passing = new Set([
  ...['Identity', 'StopGradient', 'CheckNumerics', 'Snapshot', 'PreventGradient'],
  ...['FakeQuantWithMinMaxVars', 'FakeQuantWithMinMaxVarsPerChannel', 'FakeQuantWithMinMaxArgs'],
])
const mostPassing = 3

/** The bias, norm and activation that follow a tensor, each at most once, in whatever order a network has them. */
export function stepsAfter(survey: Survey, start: Value, has: Roles): readonly FollowingStep[] {
  const roles = new Set(has)
  const steps: FollowingStep[] = []
  for (let value = start; ;) {
    const step = nextStep(survey, value, roles)
    // One that more than the first output is taken of can stand in no box with one exit.
    if (!step || step.output.maker?.manyTaken === true) return steps
    steps.push(step)
    roles.add(step.role)
    value = step.output
  }
}

function nextStep(survey: Survey, start: Value, roles: Roles): FollowingStep | null {
  const passed: Op[] = []
  for (let value = start; ;) {
    const step = stepAt(survey, value, roles)
    if (step) return { ...step, ops: [...passed, ...step.ops] }
    const op = onlyTaker(value)
    if (!op || !passing.has(op.node.op) || op.inputs[0] !== value || passed.length === mostPassing) return null
    passed.push(op)
    value = op.output
  }
}

function stepAt(survey: Survey, value: Value, roles: Roles): FollowingStep | null {
  // A bias is not looked for after an activation: what is added there is something else.
  const isBare = !roles.has('bias') && !roles.has('norm') && !roles.has('activation')
  const op = onlyTaker(value)
  return (
    (isBare ? biasAfter(value) : null) ??
    (op && !roles.has('norm') ? normAt(op, value) : null) ??
    (roles.has('activation') ? null : activationAfter(survey, value))
  )
}
