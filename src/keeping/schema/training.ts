import * as v from 'valibot'
import type { KeptTraining, TrainingState } from '../../kept-training'
import { count, number } from '../../stored-fields'
import { labels, options, preprocessing, strings, time, trainingStep, weightId } from './parts'

const float32 = v.instance(Float32Array)
const name = v.pipe(v.string(), v.nonEmpty())
const lossAndAccuracy = v.looseObject({ loss: number, accuracy: number })

const training: v.GenericSchema<unknown, KeptTraining> = v.looseObject({
  id: name,
  network: name,
  on: v.looseObject({ photos: v.string(), settings: v.string() }),
  labels: v.pipe(labels, v.minLength(1)),
  options,
  cut: v.pipe(strings, v.minLength(1)),
  preprocessing,
  history: v.array(trainingStep),
  at: time,
})

const weight = v.pipe(
  v.looseObject({ id: weightId, values: float32, memory: v.array(float32), best: float32 }),
  v.check(
    ({ values: { length }, memory, best }) => [best, ...memory].every((each) => each.length === length),
    'what is remembered of a weight is of another size',
  ),
)

const state = v.pipe(
  v.looseObject({
    training: name,
    history: v.array(trainingStep),
    best: v.pipe(number, v.integer(), v.minValue(-1)),
    before: lossAndAccuracy,
    after: lossAndAccuracy,
    steps: count,
    within: v.looseObject({ steps: count, loss: number, correct: count }),
    ms: v.pipe(number, v.minValue(0)),
    weights: v.pipe(v.array(weight), v.minLength(1)),
  }),
  v.check(({ best, history }) => best < history.length, 'the best epoch has not passed'),
)

/** A training on its way as it is kept; null where it is not as it should be. */
export function storedTraining(record: unknown): KeptTraining | null {
  const read = v.safeParse(training, record, { abortEarly: true })
  return read.success ? read.output : null
}

/** Its state; null where that is not as it should be, or of another training. */
export function storedTrainingState(record: unknown, { id, history }: KeptTraining): TrainingState | null {
  const read = v.safeParse(state, record, { abortEarly: true })
  const isIts = read.success && read.output.training === id && read.output.history.length <= history.length
  return isIts ? read.output : null
}
