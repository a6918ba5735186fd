import { CutpointError } from '../../errors'
import type { Pace } from '../head/pace'
import type { Descent } from '../kernels/kernel'
import { lossOfTargets, type BatchLoss, type Targets } from './loss'
import type { TailProgram } from './program'

/** Rows of one step, at most as many as the program's batch. */
export interface StepRows extends Targets {
  /** Which of the photos, by their place. */
  readonly rows: Int32Array
  /** The maps of one photo at the freeze point. */
  readonly maps: (row: number) => Float32Array
}

export interface StepOptions {
  /** How each weight goes down in this step. */
  readonly descent: (id: string) => Descent
  /** λ of the penalty λ/2 ‖W‖² by the weight's id; none for those that are not in it. */
  readonly decay: ReadonlyMap<string, number>
  /** The most that all gradients together may be long; null where they may be as long as they are. */
  readonly clip: number | null
  readonly pace: Pace
}

export interface StepLoss extends BatchLoss {
  /** The mean over the rows with the penalty, before the step. */
  readonly mean: number
}

/** What works out the slopes of a step. */
export interface Learner {
  /** Whose parameters learn. */
  readonly program: TailProgram
  /** Adds to their gradients those of the mean loss of some rows; where that is not finite, it may leave them as they are. */
  learn(batch: StepRows, pace: Pace): Promise<BatchLoss>
}

/** A program that takes all rows of a step itself. */
export function alone(program: TailProgram): Learner {
  return {
    program,
    async learn(batch, pace) {
      const found = await lossOf(program, batch, pace)
      if (Number.isFinite(found.loss)) await program.backward(pace)
      return found
    },
  }
}

/**
 * One step of a tail with a head, whose output is logits, down the gradient of the mean softmax cross-entropy of some rows.
 * Throws CutpointError `not-finite`, and what the pace throws; the weights are then as they were.
 */
export async function trainStep(by: TailProgram | Learner, batch: StepRows, options: StepOptions): Promise<StepLoss> {
  const learner = 'learn' in by ? by : alone(by)
  const { program } = learner
  try {
    const found = await learner.learn(batch, options.pace)
    if (!Number.isFinite(found.loss)) throw notFinite()
    let mean = found.loss / batch.rows.length
    for (const parameter of program.parameters) {
      const factor = options.decay.get(parameter.id) ?? 0
      if (factor > 0) mean += (factor / 2) * program.decay(parameter, factor)
    }
    if (options.clip !== null) program.clip(options.clip)
    program.descend(options.descent)
    return { ...found, mean }
  } catch (error) {
    program.clearGradients()
    throw error
  }
}

/** What some rows cost, without learning from them. */
export async function lossOf(program: TailProgram, batch: StepRows, pace: Pace): Promise<BatchLoss> {
  program.load(batch.rows, batch.maps)
  await program.forward(pace)
  const { output, outputSlopes, outputLength } = program
  return lossOfTargets(output, batch, outputSlopes, outputLength)
}

/** A training that lost its way. */
export function notFinite(): CutpointError {
  return new CutpointError(
    'not-finite',
    'The training went out of bounds: the numbers grew beyond what can be computed with.',
    'Train with a lower rate, or with gradients that are clipped.',
  )
}
