import { scoresOf, standing, type Fold, type Standing } from '../../../compute/head/tools/held-out'
import { calibrate, type Scored } from '../../../compute/head/tools/temperature'
import type { Pace } from '../../../compute/head/pace'
import { among, kernelOf, type Ground } from './ground'
import { mirrored, type Machine } from './machine'
import { solveMachine } from './solve'

/** A machine's settings: linear where γ is null. */
export interface Settings {
  readonly c: number
  readonly gamma: number | null
}

/** How near to the optimum scores are: to compare settings and calibrate, and for the head itself. */
export const tolerances = { held: 1e-2, trained: 1e-5 } as const

/** One machine for each label, on some of the rows, whose kernel among themselves this is. */
export async function machinesFor(
  { used, classes, weights }: Ground,
  { c, gamma }: Settings,
  rows: Int32Array,
  { kernel, tolerance }: { readonly kernel: Float32Array; readonly tolerance: number },
  pace: Pace,
): Promise<Machine[]> {
  const costs = Float64Array.from(rows, (row) => c * weights[row])
  const machines: Machine[] = []
  // Of two labels, one against the other is the other's with all signs turned.
  const needed = used.length === 2 ? 1 : used.length
  for (let label = 0; label < needed; label++) {
    const signs = Float64Array.from(rows, (row) => (classes[row] === label ? 1 : -1))
    machines.push(await solveMachine({ kernel, costs, squared: gamma === null }, signs, tolerance, pace))
    await pace.yieldTurn()
  }
  return needed < used.length ? [...machines, mirrored(machines[0])] : machines
}

/** Scores of all rows that can be held out, each by machines that never saw it; null where none can be. */
export function heldOutScores(
  ground: Ground,
  kernel: Float32Array,
  settings: Settings,
  pace: Pace,
): Promise<Scored | null> {
  const size = ground.classes.length
  return scoresOf(ground.folds, ground, ground.classWeights, async (fold) => {
    const own = { kernel: among(kernel, size, fold.rest), tolerance: tolerances.held }
    return scoresIn(fold, kernel, size, await machinesFor(ground, settings, fold.rest, own, pace))
  })
}

/** Scores of held-out rows by machines that were trained on the rest: `[held, labels]`. */
function scoresIn(
  { rest, held }: Fold,
  kernel: Float32Array,
  size: number,
  machines: readonly Machine[],
): Float64Array {
  const scores = new Float64Array(held.length * machines.length)
  machines.forEach(({ coefficients, bias }, label) => {
    const vectors = Int32Array.from(rest.keys()).filter((place) => coefficients[place] !== 0)
    held.forEach((row, index) => {
      let sum = bias
      for (const place of vectors) sum += coefficients[place] * kernel[row * size + rest[place]]
      scores[index * machines.length + label] = sum
    })
  })
  return scores
}

/**
 * The settings that name most held-out photos right, and of equals those with the least cross-entropy, each calibrated by
 * itself; null where none can be held out.
 */
export async function chooseSettings(
  ground: Ground,
  tried: { readonly c: readonly number[]; readonly gamma: readonly (number | null)[] },
  pace: Pace,
): Promise<Settings | null> {
  let best: (Standing & { readonly settings: Settings }) | null = null
  for (const gamma of tried.gamma) {
    const kernel = kernelOf(ground, gamma)
    for (const c of tried.c) {
      const scored = await heldOutScores(ground, kernel, { c, gamma }, pace)
      if (!scored) return null
      const own = standing(scored, calibrate(scored).factor)
      if (!best || isBetter(own, best)) best = { ...own, settings: { c, gamma } }
    }
  }
  return best?.settings ?? null
}

function isBetter(one: Standing, other: Standing): boolean {
  const gained = one.weighted - other.weighted
  // Sums of weights differ by rounding.
  return Math.abs(gained) > 1e-6 ? gained > 0 : one.loss < other.loss
}

/** Scores of the rows that machines were trained on. */
export function trainedScores({ used, classes, weights }: Ground, machines: readonly Machine[]): Scored {
  const labels = used.length
  const scores = new Float64Array(classes.length * labels)
  machines.forEach((machine, label) => machine.scores.forEach((score, row) => (scores[row * labels + label] = score)))
  return { scores, classes, weights: Float32Array.from(weights), labels }
}
