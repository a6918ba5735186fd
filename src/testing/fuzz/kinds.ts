import type { RandomNumbers } from '../../random'
import { fromBinary, fromJson, toBinary, toJson, type DescMessage, type JsonValue } from '@bufbuild/protobuf'
import { GraphDefSchema, SavedModelSchema } from '../../formats/protobuf/tensorflow_pb'
import { frozenFiles } from '../../formats/frozen/testing/fixtures'
import { savedModelFiles, savedModelNames } from '../../formats/saved-model/testing/fixtures'
import { memoryFile, readAll, readText } from '../../formats/source'
import { diskFile, fixtureFiles, jsonFile } from '../../formats/testing/files'
import type { SourceFile } from '../../formats/types'
import { pick } from '../../graph/testing/random'
import { edited } from './json-edits'
import { randomModel } from './random-model'
import { zipped, withOddNumbers } from './zips'

/** A kind of hostile input: the files of a model that never was. */
export type HostileKind = (random: RandomNumbers) => Promise<readonly SourceFile[]>

const graphModels = ['cnn-float16', 'cnn-float32', 'cnn-groups', 'cnn-uint16', 'cnn-uint8', 'constants', 'control-flow']
const frozenModels = ['cnn', 'cnn-old', 'retrained', 'encodings', 'library']

/** Each kind by its name: seeds of one kind are inputs of that kind only. */
export const kinds: Readonly<Record<string, HostileKind>> = {
  'typed graph': (random) => {
    const { model, bytes } = randomModel(random)
    return Promise.resolve([jsonFile('model.json', model), memoryFile('w.bin', bytes)])
  },
  'TensorFlow.js graph': (random) => withEditedJson(fixtureFiles(pick(random, graphModels)), graphModelJson, random),
  'TensorFlow.js layers': (random) => withEditedJson(layersModel(pick(random, [2, 3])), layersModelJson, random),
  'frozen graph': (random) =>
    withEditedMessage(frozenFiles(pick(random, frozenModels)), GraphDefSchema, /\.pb$/, random),
  SavedModel: (random) =>
    withEditedMessage(savedModelFiles(pick(random, savedModelNames)), SavedModelSchema, /saved_model\.pb$/, random),
  zip: async (random) => {
    const whole = random() < 0.5 ? layersModel(3) : frozenFiles(pick(random, frozenModels))
    return [memoryFile('model.zip', withOddNumbers(await zipped(whole), random))]
  },
}

/** A donor of parts for documents of the same format. */
const graphModelJson = (random: RandomNumbers): Promise<unknown> => jsonOf(fixtureFiles(pick(random, graphModels)))
const layersModelJson = (random: RandomNumbers): Promise<unknown> => jsonOf(layersModel(pick(random, [2, 3])))

function layersModel(version: number): SourceFile[] {
  const folder = new URL(`../../formats/fixtures/keras/tfjs${version}/`, import.meta.url)
  return ['model.json', 'group1-shard1of1.bin'].map((name) => diskFile(new URL(name, folder), name))
}

async function jsonOf(files: readonly SourceFile[]): Promise<unknown> {
  const file = files.find(({ path }) => path.endsWith('model.json'))
  return file ? JSON.parse(await readText(file)) : null
}

async function withEditedJson(
  files: readonly SourceFile[],
  donor: (random: RandomNumbers) => Promise<unknown>,
  random: RandomNumbers,
): Promise<readonly SourceFile[]> {
  const model = edited(await jsonOf(files), await donor(random), random)
  return files.map((file) => (file.path.endsWith('model.json') ? jsonFile(file.path, model) : file))
}

/** Edits that the message's types allow; after twenty tries that they do not, the file as it was. */
async function withEditedMessage(
  files: readonly SourceFile[],
  schema: DescMessage,
  name: RegExp,
  random: RandomNumbers,
): Promise<readonly SourceFile[]> {
  const position = files.findIndex(({ path }) => name.test(path))
  const json = toJson(schema, fromBinary(schema, await readAll(files[position])))
  for (let tries = 0; tries < 20; tries++) {
    const bytes = encoded(schema, edited(json, json, random) as JsonValue)
    if (bytes) return files.map((file, i) => (i === position ? memoryFile(file.path, bytes) : file))
  }
  return files
}

function encoded(schema: DescMessage, json: JsonValue): Uint8Array | null {
  try {
    return toBinary(schema, fromJson(schema, json, { ignoreUnknownFields: true }))
  } catch {
    return null
  }
}
