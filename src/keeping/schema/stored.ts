import * as v from 'valibot'
import { storedNetwork } from '../../graph/graft/network/stored'
import { keptLayer, layersFit, recordOf } from '../../graph/graft/layers/kept'
import type { KeptRecords } from '../records'
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
} from './parts'
import { count } from '../../stored-fields'

// The records of a browser as the present version writes them; older ones are brought to it by src/keeping/upgrades.ts.

const float32 = v.instance(Float32Array)

const tensorValue = v.looseObject({
  shape,
  dtype: v.string(),
  data: v.union([float32, v.instance(Int32Array), v.instance(Uint8Array), strings]),
})

const model = v.looseObject({
  key: v.pipe(v.string(), v.nonEmpty()),
  name: v.string(),
  from: v.union([
    v.looseObject({ url: v.string() }),
    v.looseObject({ files: v.array(v.looseObject({ path: v.string(), key: v.string() })) }),
  ]),
  choices: v.looseObject({
    allowLarge: v.exactOptional(v.boolean()),
    patient: v.exactOptional(v.boolean()),
    choose: v.exactOptional(v.string()),
    labels: v.exactOptional(strings),
    told: v.exactOptional(toldLayers),
  }),
})

const network = v.looseObject({
  model,
  output: v.nullable(v.string()),
  inputs: v.array(v.looseObject({ tensor: v.string(), value: v.nullable(tensorValue) })),
  cut: v.nullable(v.pipe(strings, v.minLength(1))),
  pastCuts: v.array(strings),
  pastTold: v.array(toldLayers),
  preprocessing: v.nullable(preprocessing),
  preprocessingKnown: v.boolean(),
  /** Networks that were kept before cuts could be compared have none. */
  advice: v.exactOptional(advice),
  headOrder: strings,
  headId: v.nullable(v.string()),
  at: time,
})

const placedPhoto = v.tuple([count, v.looseObject({ ...photoFields, perceptualHash: v.nullable(v.string()) })])

const cut = v.pipe(strings, v.minLength(1))

const tail = v.optional(
  v.nullable(v.looseObject({ from: v.string(), weights: v.array(v.looseObject({ id: weightId, values: float32 })) })),
  null,
)

const head = v.pipe(
  v.looseObject({
    entry: v.looseObject({ id: v.string(), options, cut, report, trainedOn, bytes: count, at: time }),
    kept: v.looseObject({
      head: v.looseObject({
        labels: v.pipe(labels, v.minLength(1)),
        pool,
        tail,
        layers: v.pipe(v.array(keptLayer), v.minLength(1)),
      }),
      report,
      preprocessing,
      cut,
    }),
  }),
  v.check(
    ({
      kept: {
        head: { layers, labels: named },
        report: evaluation,
      },
    }) => layersFit(layers.map(recordOf), named.length) && sameNames(evaluation.labels, named),
    'the layers do not fit together',
  ),
)

const values = {
  labels,
  options,
  ownNetwork: v.nullable(storedNetwork),
  autoTrain: v.boolean(),
  files: v.picklist(['opfs', 'indexeddb', 'memory']),
  at: time,
} as const

type StoredValues = { [Key in keyof typeof values]?: v.InferOutput<(typeof values)[Key]> }

/** What is read of a browser's records, and how many of them are not as they should be and were left out. */
export interface StoredVisit {
  readonly values: StoredValues
  readonly networks: readonly v.InferOutput<typeof network>[]
  readonly pages: readonly (readonly v.InferOutput<typeof placedPhoto>[])[]
  readonly leftOut: number
}

/** The records but for those that are not as they should be. */
export function storedVisit(records: KeptRecords): StoredVisit {
  const reading = new StoredReading()
  const read = (key: keyof typeof values): StoredValues =>
    records.values.has(key)
      ? Object.fromEntries(
          reading.all(values[key] as v.GenericSchema, [records.values.get(key)]).map((value) => [key, value]),
        )
      : {}
  const ids = new Set<string>()
  const isNew = ({ id }: { readonly id: string }): boolean => ids.size < ids.add(id).size
  return {
    values: {
      ...read('labels'),
      ...read('options'),
      ...read('ownNetwork'),
      ...read('autoTrain'),
      ...read('files'),
      ...read('at'),
    },
    networks: reading.all(network, records.networks),
    pages: reading
      .all(v.array(v.unknown()), records.photos)
      // A photo that two pages hold is there once.
      .map((page) => reading.all(placedPhoto, page).filter(([, photo]) => isNew(photo))),
    leftOut: reading.leftOut,
  }
}

/** Heads but for those that are not as they should be. */
export function storedHeads(all: readonly unknown[]): {
  readonly heads: readonly v.InferOutput<typeof head>[]
  readonly leftOut: number
} {
  const reading = new StoredReading()
  // What reads them makes two reports of the one.
  const heads = reading.all(head, all).map(({ entry, kept }) => ({ entry, kept: { ...kept, report: entry.report } }))
  return { heads, leftOut: reading.leftOut }
}

class StoredReading {
  leftOut = 0

  all<Schema extends v.GenericSchema>(schema: Schema, records: readonly unknown[]): v.InferOutput<Schema>[] {
    return records.flatMap((record) => {
      const read = v.safeParse(schema, record, { abortEarly: true })
      if (read.success) return [read.output]
      this.leftOut += 1
      return []
    })
  }
}
