import { standing } from '../../compute/head/tools/held-out'
import { calibrate, softmaxOf, type Scored } from '../../compute/head/tools/temperature'
import { createPace, type Pace } from '../../compute/head/pace'
import type { Fittable, Fitted, HeadFit, Refitted } from '../../compute/head/types'
import type { JobContext } from '../../compute/jobs'
import type { HeadLayer } from '../../graph/graft/layers/forms'
import { groundOf, kernelOf, type Ground } from './fit/ground'
import { linearLayer, rbfLayers } from './fit/layers'
import type { Machine } from './fit/machine'
import { chooseSettings, heldOutScores, machinesFor, tolerances, trainedScores, type Settings } from './fit/machines'
import type { SvmOptions } from './spec'

/** How support vector machines are trained: solved, with settings chosen and scores calibrated on held-out photos. */
export const svmFit: HeadFit<SvmOptions> = { settle, fit, refit, tuning: null }

/** What is tried for each kernel, and what is taken where nothing can be held out to choose by. */
const settings = {
  linear: { c: [1e-4, 1e-3, 1e-2], gamma: [null], offered: { c: 1e-3, gamma: null } },
  rbf: { c: [1, 4, 16], gamma: [2e-4, 8e-4, 3.2e-3], offered: { c: 4, gamma: 8e-4 } },
} as const

/** What was multiplied to choose settings is there to train with them. */
const grounds = new WeakMap<Fittable['training'], Promise<Ground>>()

function sharedGround(given: Fittable, pace: Pace): Promise<Ground> {
  const known = grounds.get(given.training) ?? groundOf(given, pace)
  grounds.set(given.training, known)
  return known
}

async function settle(given: Fittable, options: SvmOptions, context: JobContext): Promise<SvmOptions> {
  const { kernel, c, gamma } = options
  if (c !== 'auto' && (kernel === 'linear' || gamma !== 'auto')) return options
  context.progress('Choosing the settings', 0, 0)
  const pace = createPace(() => context.checkCancelled())
  const tried = settings[kernel]
  const chosen = await chooseSettings(
    await sharedGround(given, pace),
    {
      c: c === 'auto' ? tried.c : [c],
      gamma: kernel === 'linear' || gamma === 'auto' ? tried.gamma : [gamma],
    },
    pace,
  )
  return chosen === null ? options : { ...options, c: chosen.c, gamma: chosen.gamma ?? options.gamma }
}

async function fit(given: Fittable, options: SvmOptions, context: JobContext): Promise<Fitted> {
  const began = performance.now()
  context.progress('Training the head', 0, 0)
  const { layers, machines, trained, factor } = await solve(given, options, context)
  const { loss, accuracy } = standing(trained, factor)
  const isThere = machines.every(({ converged }) => converged)
  return {
    layers,
    fit: {
      ms: performance.now() - began,
      iterations: machines.reduce((sum, { steps }) => sum + steps, 0),
      loss,
      gradient: null,
      stopped: isThere ? 'converged' : 'iterations',
    },
    history: [{ loss, accuracy, validationLoss: null, validationAccuracy: null }],
  }
}

async function refit(
  given: Fittable,
  options: SvmOptions,
  _: readonly HeadLayer[],
  context: JobContext,
): Promise<Refitted> {
  const { layers, machines } = await solve(given, options, context)
  const rows = given.training.classes.length
  const steps = machines.reduce((sum, machine) => sum + machine.steps, 0)
  return { layers, work: rows * rows * given.length + steps * rows * rows }
}

interface Solution {
  readonly layers: HeadLayer[]
  readonly machines: readonly Machine[]
  /** Scores of the rows trained on. */
  readonly trained: Scored
  readonly factor: number
}

async function solve(given: Fittable, options: SvmOptions, context: JobContext): Promise<Solution> {
  const pace = createPace(() => context.checkCancelled())
  const ground = await sharedGround(given, pace)
  const own = settingsOf(options)
  const kernel = kernelOf(ground, own.gamma)
  const all = Int32Array.from(ground.classes.keys())
  const machines = await machinesFor(ground, own, all, { kernel, tolerance: tolerances.trained }, pace)
  const trained = trainedScores(ground, machines)
  const { factor } = calibrate((await heldOutScores(ground, kernel, own, pace)) ?? trained)
  const scores = own.gamma === null ? linearLayer(ground, machines) : rbfLayers(ground, machines, own.gamma)
  return {
    layers: [...scores.before, softmaxOf(scores, ground.used, given.classes, factor)],
    machines,
    trained,
    factor,
  }
}

/** The settings, once they are settled; where they could not be, those that are offered. */
function settingsOf({ kernel, c, gamma }: SvmOptions): Settings {
  const { offered } = settings[kernel]
  return {
    c: c === 'auto' ? offered.c : c,
    gamma: kernel === 'linear' || gamma === 'auto' ? offered.gamma : gamma,
  }
}
