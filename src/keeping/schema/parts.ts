import * as v from 'valibot'
import { storedAugment } from '../../augment-options'
import { pools } from '../../graph/graft/pools'
import { storedHead } from '../../heads/specs'
import { count, number, positive } from '../../stored-fields'
import { storedTail } from '../../tail-options'
import { inputRanges } from '../../input-ranges'
import type { HeadReport, HeldAdvice, Preprocessing, ToldLayer, TrainedOn, TrainOptions } from '../../types'

// What project files and the records of a browser have in common. What is not named here is kept as it stands: a field
// added later does no harm to an older reader.

/** Any strings. */
export const strings = v.array(v.string())
/** Names of labels, each of them once. */
export const labels = v.pipe(
  v.array(v.pipe(v.string(), v.nonEmpty())),
  v.check((names) => new Set(names).size === names.length, 'a label is named twice'),
)
/** Milliseconds since 1970, as far as a date goes. */
export const time = v.pipe(v.number(), v.minValue(0), v.maxValue(8.64e15))

const partName = v.picklist(['train', 'validation', 'test'])
const inParts = <Entry extends v.GenericSchema>(entry: Entry) =>
  v.object({ train: entry, validation: entry, test: entry })
const share = v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(1)))

/** How pictures go in. */
export const preprocessing: v.GenericSchema<unknown, Preprocessing> = v.looseObject({
  input: v.string(),
  width: positive,
  height: positive,
  fit: v.picklist(['crop', 'contain', 'stretch']),
  range: v.picklist(inputRanges),
  order: v.picklist(['rgb', 'bgr']),
  how: v.string(),
})

/** What a head is trained with. */
export const options: v.GenericSchema<unknown, TrainOptions> = v.looseObject({
  head: storedHead,
  tail: storedTail,
  split: inParts(v.pipe(number, v.minValue(0))),
  classWeights: v.picklist(['none', 'balanced']),
  seed: number,
  augment: storedAugment,
})

const evaluated = v.array(
  v.looseObject({ image: v.string(), part: partName, label: count, predicted: count, confidence: number }),
)

/** An epoch or a step of a training. */
export const trainingStep = v.looseObject({
  loss: number,
  accuracy: number,
  validationLoss: v.nullable(number),
  validationAccuracy: v.nullable(number),
})

const reportFields = v.looseObject({
  backend: v.picklist(['webgpu', 'webgl', 'wasm', 'cpu']),
  labels: v.pipe(labels, v.minLength(1)),
  images: inParts(count),
  features: v.looseObject({
    count,
    length: count,
    fromCache: count,
    ms: number,
    oneByOne: v.exactOptional(v.boolean()),
  }),
  decodeMs: number,
  fit: v.looseObject({
    ms: number,
    iterations: count,
    loss: number,
    gradient: v.nullable(number),
    stopped: v.string(),
  }),
  tail: v.exactOptional(
    v.looseObject({
      from: v.string(),
      layers: count,
      parameters: count,
      epochs: count,
      ms: number,
      decidedBy: v.looseObject({ photos: count, setAside: v.boolean() }),
      before: v.looseObject({ loss: number, accuracy: number }),
      after: v.looseObject({ loss: number, accuracy: number }),
      stopped: v.optional(v.string(), 'epochs'),
      kept: v.boolean(),
    }),
  ),
  chosen: v.exactOptional(v.record(v.string(), number)),
  history: v.array(trainingStep),
  accuracy: inParts(share),
  warnings: strings,
  evaluated,
  leaveOneOut: v.nullable(v.looseObject({ accuracy: number, evaluated })),
  evaluateMs: number,
})

/** A report whose numbers are of the labels it names. */
export const report: v.GenericSchema<unknown, HeadReport> = v.pipe(
  reportFields,
  v.check(({ labels: named, evaluated: all, leaveOneOut }) => {
    const areNamed = (images: readonly { label: number; predicted: number }[]): boolean =>
      images.every(({ label, predicted }) => label < named.length && predicted < named.length)
    return areNamed(all) && (leaveOneOut === null || areNamed(leaveOneOut.evaluated))
  }, 'the report is of other labels than it names'),
)

/** The id of a weight that was trained. */
export const weightId = v.pipe(v.string(), v.nonEmpty())

/** What a head was trained on; null where that is what was kept with it. */
export const trainedOn: v.GenericSchema<unknown, TrainedOn | null> = v.nullable(
  v.looseObject({ photos: v.string(), settings: v.string() }),
)

const amount = v.pipe(number, v.minValue(0))
const certainShare = v.pipe(v.number(), v.minValue(0), v.maxValue(1))

/** Cuts that were compared, and what that was worked out of. */
export const advice: v.GenericSchema<unknown, HeldAdvice> = v.looseObject({
  cuts: v.pipe(
    v.array(
      v.looseObject({
        tensors: v.pipe(strings, v.minLength(1)),
        accuracy: certainShare,
        error: certainShare,
        featureLength: positive,
        multiplyAdds: amount,
        bytes: amount,
      }),
    ),
    v.minLength(1),
  ),
  photos: count,
  labels: count,
  on: v.looseObject({ photos: v.string(), settings: v.string() }),
  at: time,
})

/** A photo, whatever says where its file is. */
export const photoFields = {
  id: v.string(),
  name: v.string(),
  label: v.pipe(v.string(), v.nonEmpty()),
  part: partName,
  pinned: v.boolean(),
  hash: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in hexadecimal')),
  group: v.nullable(v.string()),
  width: positive,
  height: positive,
}

/** How values at a cut become a head's features; those from before it could be chosen average them. */
export const pool = v.optional(v.picklist(pools), 'average')

/** A shape of which every size is known. */
export const shape = v.array(count)

const channels = v.pipe(v.array(number), v.minLength(1))

/** What layers were told to do; whether a formula is one is seen when the model is opened. */
export const toldLayers: v.GenericSchema<unknown, ToldLayer[]> = v.array(
  v.looseObject({
    layer: v.pipe(v.string(), v.nonEmpty()),
    told: v.variant('does', [
      v.looseObject({ does: v.literal('identity') }),
      v.looseObject({ does: v.literal('scale'), by: number }),
      v.looseObject({ does: v.literal('shift'), mean: channels, deviation: channels }),
      v.looseObject({ does: v.literal('resize'), height: positive, width: positive }),
      v.looseObject({ does: v.literal('formula'), formula: v.string() }),
    ]),
  }),
)

/** Whether two lists hold the same names in the same order. */
export const sameNames = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((name, index) => name === other[index])
