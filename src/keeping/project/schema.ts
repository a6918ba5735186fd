import * as v from 'valibot'
import {
  advice,
  labels,
  options,
  photoFields,
  pool,
  preprocessing,
  report,
  sameNames,
  shape,
  strings,
  time,
  toldLayers,
  trainedOn,
  weightId,
} from '../schema/parts'
import { count, positive } from '../../stored-fields'
import { layerRecord, layersFit } from '../../graph/graft/layers/kept'
import { projectFormat, projectVersion, type ProjectPhoto } from './project'
import { projectWithLayerKinds, projectWithTrainedOn } from '../older-heads'
import { projectWithoutMatrices, projectWithPredicted } from '../older-reports'
import { badProject, newerProject } from './errors'

const tensorValue = v.looseObject({
  shape,
  dtype: v.string(),
  data: v.union([v.array(v.number()), strings]),
})

const photo = v.looseObject({
  ...photoFields,
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
  trainedOn,
  at: time,
  labels: v.pipe(labels, v.minLength(1)),
  pool,
  tail: v.optional(
    v.nullable(
      v.looseObject({ from: v.string(), weights: v.array(v.looseObject({ id: weightId, length: positive })) }),
    ),
    null,
  ),
  layers: v.pipe(v.array(layerRecord), v.minLength(1)),
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
      /** Files written before it was thought of do not have it, nor those of models to which it does not apply. */
      labels: v.optional(v.pipe(strings, v.minLength(1))),
      told: v.optional(v.pipe(toldLayers, v.minLength(1))),
      output: v.nullable(v.string()),
      otherInputs: v.array(v.looseObject({ tensor: v.string(), value: tensorValue })),
    }),
  ),
  preprocessing: v.nullable(preprocessing),
  preprocessingKnown: v.boolean(),
  cut: strings,
  /** Left out where no cuts were compared, as in files written before they could be. */
  advice: v.exactOptional(advice),
  options,
  autoTrain: v.boolean(),
  labels,
  photos: v.array(photo),
  heads: v.array(head),
  head: v.nullable(v.string()),
})

/** What `project.json` holds. */
export type ProjectRecord = v.InferOutput<typeof record>
export type HeadRecord = v.InferOutput<typeof head>

/** Each brings a project of its version, from 1, to the next. */
const upgrades: readonly ((record: object) => object)[] = [
  projectWithoutMatrices,
  projectWithTrainedOn,
  projectWithPredicted,
  projectWithLayerKinds,
]

/** The text of `project.json`, checked. Throws CutpointError `newer-project` or `bad-project`. */
export function parseRecord(text: string): ProjectRecord {
  const json = parseJson(text)
  const stated = v.safeParse(
    v.looseObject({ format: v.literal(projectFormat), version: v.pipe(v.number(), v.integer(), v.minValue(1)) }),
    json,
  )
  if (!stated.success)
    throw badProject('This is a zip, but no Cutpoint project: its project.json is of something else.')
  if (stated.output.version > projectVersion) throw newerProject(stated.output.version)
  const present = upgrades
    .slice(stated.output.version - 1)
    .reduce<object>((older, upgrade) => upgrade(older), stated.output)
  const read = v.safeParse(record, present, { abortEarly: true })
  if (!read.success) {
    const [issue] = read.issues
    throw badProject(`In project.json, “${v.getDotPath(issue) ?? ''}” is not as it should be: ${issue.message}.`)
  }
  checkReferences(read.output)
  return read.output
}

/** Throws CutpointError `bad-project` where something is named that is not there, or twice. */
function checkReferences({ model, cut, labels, photos, heads, head }: ProjectRecord): void {
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
  for (const { id, layers, labels: named, report: evaluation } of heads) {
    if (!layersFit(layers, named.length)) throw badProject(`The layers of the head “${id}” do not fit together.`)
    if (!sameNames(evaluation.labels, named)) throw badProject(`The report of the head “${id}” is of other labels.`)
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
