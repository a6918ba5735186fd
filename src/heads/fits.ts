import type { Fittable, Fitted, HeadFit, HeadTuning, Refitted } from '../compute/head/types'
import type { JobContext } from '../compute/jobs'
import type { HeadLayer } from '../graph/graft/layers/forms'
import { centroidFit } from './centroid/fit'
import { convFit } from './conv/fit'
import { denseFit } from './dense/fit'
import { knnFit } from './knn/fit'
import { linearFit } from './linear/fit'
import { ownFit } from './own/fit'
import type { HeadKind, HeadOptionsOf } from './specs'
import { svmFit } from './svm/fit'

type Fits = { readonly [Kind in HeadKind]: HeadFit<HeadOptionsOf[Kind]> }

const fits: Fits = {
  linear: linearFit,
  dense: denseFit,
  conv: convFit,
  svm: svmFit,
  knn: knnFit,
  centroid: centroidFit,
  own: ownFit,
}

/** The options of a head with those found out that were left to be chosen. Throws CutpointError. */
export function settleHead<Kind extends HeadKind>(
  kind: Kind,
  options: HeadOptionsOf[Kind],
  given: Fittable,
  context: JobContext,
): Promise<HeadOptionsOf[Kind]> {
  const { settle } = fits[kind]
  return settle ? settle(given, options, context) : Promise.resolve(options)
}

/** Trains a head of the kind that is asked for. Throws CutpointError. */
export function fitHead<Kind extends HeadKind>(
  kind: Kind,
  options: HeadOptionsOf[Kind],
  given: Fittable,
  context: JobContext,
): Promise<Fitted> {
  return fits[kind].fit(given, options, context)
}

/** How such a head learns on with the network's last layers; null for a kind that cannot. */
export function tuningOf<Kind extends HeadKind>(
  kind: Kind,
  options: HeadOptionsOf[Kind],
  given: Fittable,
): HeadTuning | null {
  const { tuning } = fits[kind]
  return tuning?.(given, options) ?? null
}

/** Trains such a head again on fewer rows (`HeadFit.refit`); null for a kind that takes too long for that. */
export function refitOf<Kind extends HeadKind>(
  kind: Kind,
  options: HeadOptionsOf[Kind],
): ((given: Fittable, from: readonly HeadLayer[], context: JobContext) => Promise<Refitted>) | null {
  const { refit } = fits[kind]
  return refit && ((given, from, context) => refit(given, options, from, context))
}
