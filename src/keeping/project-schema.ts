import * as v from 'valibot'
import type { Preprocessing, TrainOptions, TrainReport } from '../types'
import { projectFormat, projectVersion, type ProjectPhoto } from './project'
import { badProject, newerProject } from './project-errors'

// What is not named here is kept as it stands: a field added later does no harm to an older reader.

const partName = v.picklist(['train', 'validation', 'test'])
const inParts = <Entry extends v.GenericSchema>(entry: Entry) =>
  v.object({ train: entry, validation: entry, test: entry })
const count = v.pipe(v.number(), v.integer(), v.minValue(0))
const positive = v.pipe(v.number(), v.integer(), v.minValue(1))
const share = v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(1)))
const strings = v.array(v.string())
const matrix = v.array(v.array(count))

const preprocessing: v.GenericSchema<unknown, Preprocessing> = v.looseObject({
  input: v.string(),
  width: positive,
  height: positive,
  fit: v.picklist(['crop', 'contain', 'stretch']),
  range: v.picklist(['minus1to1', '0to1', '0to255', 'imagenet', 'caffe']),
  order: v.picklist(['rgb', 'bgr']),
  how: v.string(),
})

const options: v.GenericSchema<unknown, TrainOptions> = v.looseObject({
  head: v.variant('kind', [
    v.looseObject({ kind: v.literal('linear'), l2: v.number() }),
    v.looseObject({
      kind: v.literal('dense'),
      hidden: v.array(positive),
      dropout: v.number(),
      optimizer: v.picklist(['adam', 'sgd', 'momentum', 'rmsprop']),
      learningRate: v.number(),
      epochs: positive,
      batchSize: positive,
      patience: v.number(),
    }),
  ]),
  split: inParts(v.pipe(v.number(), v.minValue(0))),
  classWeights: v.picklist(['none', 'balanced']),
  seed: v.number(),
  augment: v.looseObject({
    variants: count,
    flip: v.boolean(),
    crop: v.number(),
    scale: v.number(),
    brightness: v.number(),
  }),
})

const judged = v.array(
  v.looseObject({ image: v.string(), part: partName, label: count, said: count, confidence: v.number() }),
)

const report: v.GenericSchema<unknown, TrainReport> = v.looseObject({
  backend: v.picklist(['webgpu', 'webgl', 'wasm', 'cpu']),
  labels: strings,
  images: inParts(count),
  features: v.looseObject({ count, length: count, fromCache: count, ms: v.number() }),
  decodeMs: v.number(),
  fit: v.looseObject({
    ms: v.number(),
    iterations: count,
    loss: v.number(),
    gradient: v.nullable(v.number()),
    stopped: v.string(),
  }),
  history: v.array(
    v.looseObject({
      loss: v.number(),
      accuracy: v.number(),
      validationLoss: v.nullable(v.number()),
      validationAccuracy: v.nullable(v.number()),
    }),
  ),
  accuracy: inParts(share),
  confusion: v.looseObject({ part: partName, matrix }),
  warnings: strings,
  judged,
  leaveOneOut: v.nullable(v.looseObject({ accuracy: v.number(), matrix, judged })),
  judgeMs: v.number(),
})

const tensorValue = v.looseObject({
  shape: v.array(count),
  dtype: v.string(),
  data: v.union([v.array(v.number()), strings]),
})

const photo = v.looseObject({
  id: v.string(),
  name: v.string(),
  label: v.string(),
  part: partName,
  pinned: v.boolean(),
  hash: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in hexadecimal')),
  group: v.nullable(v.string()),
  width: positive,
  height: positive,
  /** Of the file, in bytes. */
  size: count,
  /** Where it lies in the zip. */
  file: v.string(),
}) satisfies v.GenericSchema<unknown, ProjectPhoto>

const head = v.looseObject({
  id: v.string(),
  options,
  cut: v.pipe(strings, v.minLength(1)),
  preprocessing,
  report,
  at: v.number(),
  labels: v.pipe(strings, v.minLength(1)),
  layers: v.pipe(
    v.array(
      v.looseObject({ inputs: positive, outputs: positive, activation: v.picklist(['none', 'relu', 'softmax']) }),
    ),
    v.minLength(1),
  ),
  file: v.string(),
})

const record = v.looseObject({
  format: v.literal(projectFormat),
  version: v.literal(projectVersion),
  model: v.nullable(
    v.looseObject({
      name: v.string(),
      files: v.pipe(v.array(v.looseObject({ path: v.string(), file: v.string(), size: count })), v.minLength(1)),
      choose: v.nullable(v.string()),
      /** Files written before it was thought of do not have it. */
      labels: v.optional(v.pipe(strings, v.minLength(1))),
      output: v.nullable(v.string()),
      otherInputs: v.array(v.looseObject({ tensor: v.string(), value: tensorValue })),
    }),
  ),
  preprocessing: v.nullable(preprocessing),
  preprocessingKnown: v.boolean(),
  cut: strings,
  options,
  autoTrain: v.boolean(),
  labels: v.array(v.pipe(v.string(), v.nonEmpty())),
  photos: v.array(photo),
  heads: v.array(head),
  head: v.nullable(v.string()),
  stale: v.boolean(),
})

/** What `project.json` holds. */
export type ProjectRecord = v.InferOutput<typeof record>
export type HeadRecord = v.InferOutput<typeof head>

/** The text of `project.json`, checked. Throws CutpointError `newer-project` or `bad-project`. */
export function parseRecord(text: string): ProjectRecord {
  const json = parseJson(text)
  const stated = v.safeParse(v.looseObject({ format: v.literal(projectFormat), version: v.number() }), json)
  if (!stated.success)
    throw badProject('This is a zip, but no Cutpoint project: its project.json is of something else.')
  if (stated.output.version > projectVersion) throw newerProject(stated.output.version)
  const read = v.safeParse(record, json, { abortEarly: true })
  if (!read.success) {
    const [issue] = read.issues
    throw badProject(`In project.json, “${v.getDotPath(issue) ?? ''}” is not as it should be: ${issue.message}.`)
  }
  checkReferences(read.output)
  return read.output
}

/** Throws CutpointError `bad-project` where something is named that is not there, or twice. */
function checkReferences({ model, cut, labels, photos, heads, head }: ProjectRecord): void {
  requireUnique('label', labels)
  requireUnique(
    'photo',
    photos.map(({ id }) => id),
  )
  requireUnique(
    'head',
    heads.map(({ id }) => id),
  )
  const known = new Set(labels)
  const lost = photos.find(({ label }) => !known.has(label))
  if (lost) throw badProject(`The photo “${lost.name}” has the label “${lost.label}”, which is not in the project.`)
  if (head !== null && !heads.some(({ id }) => id === head)) {
    throw badProject('The current head is not among the heads of the project.')
  }
  if (model === null && (cut.length > 0 || heads.length > 0)) {
    throw badProject('The project has a cut or heads, but no model.')
  }
  for (const { id, layers, labels: named } of heads) {
    const fits = layers.every(({ outputs }, index) => outputs === (layers.at(index + 1)?.inputs ?? named.length))
    if (!fits) throw badProject(`The layers of the head “${id}” do not fit together.`)
  }
}

function requireUnique(what: string, names: readonly string[]): void {
  const seen = new Set<string>()
  for (const name of names) {
    if (seen.has(name)) throw badProject(`The ${what} “${name}” is in the project twice.`)
    seen.add(name)
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw badProject(`Its project.json cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
}
