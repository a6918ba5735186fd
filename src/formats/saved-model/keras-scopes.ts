import { scopesOf } from '../../graph/lookup/scopes'
import type { GraphNode, ScopeInfo } from '../../graph/types'
import { fieldsOf } from '../graphdef/binary/wire'
import { isRecord, own } from '../json'
import { beside, readAll } from '../source'
import type { SourceFile } from '../types'

const mostBytes = 2 ** 26

/**
 * Which scopes are layers, and of what class, from the `keras_metadata.pb` that Keras 2 (since TensorFlow 2.5) writes
 * beside a graph. None where it is missing or cannot be read: the model is whole without it.
 * https://github.com/keras-team/tf-keras/blob/master/tf_keras/protobuf/saved_metadata.proto
 */
export async function kerasScopes(
  main: SourceFile,
  files: readonly SourceFile[],
  nodes: readonly GraphNode[],
): Promise<ReadonlyMap<string, ScopeInfo>> {
  const file = files.find(({ path }) => path === beside(main.path, 'keras_metadata.pb'))
  if (file === undefined || file.size > mostBytes) return new Map()
  const layers = layersIn(await readAll(file), file)
  const found = new Map<string, ScopeInfo>()
  for (const path of new Set(nodes.flatMap(({ name }) => scopesOf(name)))) {
    const names = path.split('/')
    const info = layers.get(names[names.length - 1])
    // A layer stands in nothing but models and layers.
    if (info && names.every((name) => layers.has(name))) found.set(path, info)
  }
  return found
}

/** Layers by name: each is a SavedObject (field 1) with its metadata, JSON, in field 5. */
function layersIn(bytes: Uint8Array, file: SourceFile): Map<string, ScopeInfo> {
  const layers = new Map<string, ScopeInfo>()
  try {
    for (const object of fieldsOf(bytes, 0, file)) {
      if (object.number !== 1) continue
      const inside = bytes.subarray(object.start, object.end)
      for (const field of fieldsOf(inside, object.start, file)) {
        if (field.number === 5) addLayer(layers, bytes.subarray(field.start, field.end))
      }
    }
  } catch {
    return new Map()
  }
  return layers
}

function addLayer(layers: Map<string, ScopeInfo>, metadata: Uint8Array): void {
  const json: unknown = JSON.parse(new TextDecoder().decode(metadata))
  if (!isRecord(json)) return
  const [name, layerClass] = [own(json, 'name'), own(json, 'class_name')]
  if (typeof name !== 'string' || typeof layerClass !== 'string' || layers.has(name)) return
  layers.set(name, { layerClass, config: own(json, 'config') ?? null })
}
