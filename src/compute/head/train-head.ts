import { CutpointError } from '../../errors'
import type { HeadLayer } from '../../graph/graft/layers/forms'
import { fitHead, refitOf, settleHead } from '../../heads/fits'
import { poolOf } from '../../heads/specs'
import type { HeadOptions, HeadReport } from '../../types'
import type { Head } from './head'
import { evaluate, sumUp, type Evaluable } from './evaluate'
import { fewEnough, leaveOneOut } from './leave-one-out'
import { createPace } from './pace'
import { fittableOf, type HeadTraining } from './fittable'
import type { Fittable } from './types'
import { trainWarnings } from './warnings'
import type { JobContext } from '../jobs'
import type { LabelledImage } from '../features/labelled-image'

export interface Trained {
  readonly head: Head
  readonly report: HeadReport
  /** The options with those that were left to be chosen. */
  readonly settled: HeadOptions
}

/** Throws CutpointError unless there are pictures to train on, of at least two labels. */
export function requireTrainable(images: readonly LabelledImage[], labels: readonly string[]): void {
  if (images.length === 0) {
    throw new CutpointError(
      'no-images',
      'There are no photos to train on.',
      'Add at least two labels with some photos each.',
    )
  }
  const trained = new Set(images.filter((image) => image.part === 'train').map((image) => image.label))
  if (labels.length < 2 || trained.size < 2) {
    throw new CutpointError(
      'one-label',
      'Training needs photos of at least two labels.',
      'Add another label and drop photos on it.',
    )
  }
}

/**
 * Fits a head on the features of the training images and their changed copies, and evaluates it on the images of every
 * part.
 */
export async function trainHead(given: HeadTraining, context: JobContext): Promise<Trained> {
  const { images, labels, features, backend } = given
  const { head: asked } = given.options
  const { length } = features
  const { fittable, classes, rows } = fittableOf(given)
  const settled = await settleHead(asked.kind, asked, fittable, context)
  const { layers, fit, history } = await fitHead(asked.kind, settled, fittable, context)
  const head: Head = { layers, pool: poolOf(asked.kind, asked), tail: null, labels: [...labels] }

  const began = performance.now()
  context.progress('Evaluating the head', 0, 0)
  const evaluable = { images, classes, data: features.data.subarray(0, images.length * length), length }
  const pace = createPace(() => context.checkCancelled())
  const evaluated = await evaluate(evaluable, head, pace)
  const alone = await leaveEachOut(evaluable, fittable, layers, settled, context)
  return {
    head,
    settled,
    report: {
      backend,
      labels: [...labels],
      features: {
        count: rows,
        length,
        fromCache: features.fromCache,
        ms: features.ms,
        ...(features.oneByOne && { oneByOne: true }),
      },
      decodeMs: features.decodeMs,
      fit,
      ...(settled !== asked && { chosen: chosenOf(asked, settled) }),
      history,
      ...sumUp(evaluated),
      warnings: trainWarnings({ labels, images, evaluated, leaveOneOut: alone, stopped: fit.stopped }),
      evaluated,
      leaveOneOut: alone,
      evaluateMs: performance.now() - began,
    },
  }
}

/** The options that were left to be chosen, as they were found. */
function chosenOf(asked: HeadOptions, settled: HeadOptions): Record<string, number> {
  const before = new Map<string, unknown>(Object.entries(asked))
  const isFound = (entry: [string, unknown]): entry is [string, number] =>
    typeof entry[1] === 'number' && before.get(entry[0]) !== entry[1]
  return Object.fromEntries(Object.entries(settled).filter(isFound))
}

/** The few photos of which none is held out, evaluated all the same; null where there are others, or such heads take long. */
async function leaveEachOut(
  given: Evaluable & { readonly images: readonly LabelledImage[] },
  fittable: Fittable,
  layers: readonly HeadLayer[],
  head: HeadOptions,
  context: JobContext,
): Promise<HeadReport['leaveOneOut']> {
  const refit = refitOf(head.kind, head)
  const anyHeldOut = given.images.some((image) => image.part !== 'train')
  if (!refit || anyHeldOut || given.images.length > fewEnough) return null
  return leaveOneOut(given, fittable.training, {
    refit: (training) => refit({ ...fittable, training }, layers, context),
  })
}
