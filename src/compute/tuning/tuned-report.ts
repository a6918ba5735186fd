import { softmax } from '../../graph/graft/layers/activations'
import type { EvaluatedImage, HeadReport, TailReport } from '../../types'
import { sumUp, verdict, type Evaluable } from '../head/evaluate'
import { classesOf } from '../head/fittable'
import { createPace } from '../head/pace'
import { trainWarnings } from '../head/warnings'
import type { JobContext } from '../jobs'
import type { TailLearner } from '../tail/types'
import type { EpochsPassed } from './epochs-types'
import { logitsOf } from './program-rows'
import type { TailTraining } from './start'

export interface Tuned {
  readonly training: TailTraining
  /** With the weights that are kept. */
  readonly learner: TailLearner
  readonly passed: EpochsPassed
  readonly tail: TailReport
}

/** The report of a head whose last layers were trained with it. */
export async function tunedReport(
  { training: { given, alone, maps }, learner, passed, tail }: Tuned,
  context: JobContext,
): Promise<HeadReport> {
  const began = performance.now()
  context.progress('Evaluating the head', 0, 0)
  const { images, labels } = given
  const classes = classesOf(images, labels)
  const data = maps.data.subarray(0, images.length * maps.length)
  const evaluable: Evaluable = { images, classes, data, length: maps.length }
  const evaluated: EvaluatedImage[] = []
  for await (const logits of logitsOf(
    learner,
    evaluable,
    createPace(() => context.checkCancelled()),
  )) {
    evaluated.push(verdict(evaluable, evaluated.length, Float32Array.from(softmax(Float64Array.from(logits)))))
  }
  const { report } = alone
  const { loss } = passed.history[passed.best]
  return {
    ...report,
    fit: {
      ms: report.fit.ms + tail.ms,
      iterations: passed.steps,
      loss,
      gradient: null,
      stopped: passed.stopped,
    },
    history: [...passed.history],
    ...sumUp(evaluated),
    warnings: trainWarnings({ labels, images, evaluated, leaveOneOut: null, stopped: passed.stopped }),
    evaluated,
    leaveOneOut: null,
    evaluateMs: performance.now() - began,
    tail,
  }
}
