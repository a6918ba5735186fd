import type { SourceFile, WrittenFile } from '../types'
import { memoryFile } from '../source'
import { jsonFile } from './files'

type Json = Record<string, unknown>

/** A model.json as plain JSON that tests change before use. */
export interface TinyModel {
  format: string
  signature?: Json
  userDefinedMetadata?: Json
  modelInitializer?: Json
  modelTopology: { node: Json[]; library?: Json; versions: Json }
  weightsManifest: { paths: string[]; weights: Json[] }[]
}

/** `y = x · w` with w = [1.5, -2]. */
export function tinyModel(): TinyModel {
  return {
    format: 'graph-model',
    modelTopology: {
      node: [
        {
          name: 'x',
          op: 'Placeholder',
          attr: { dtype: { type: 'DT_FLOAT' }, shape: { shape: { dim: [{ size: -1 }, { size: '2' }] } } },
        },
        {
          name: 'w',
          op: 'Const',
          attr: { dtype: { type: 1 }, value: { tensor: { dtype: 'DT_FLOAT', tensorShape: { dim: [{ size: '2' }] } } } },
        },
        { name: 'y', op: 'Mul', input: ['x', 'w:0'], attr: { T: { type: 'DT_FLOAT' } } },
      ],
      versions: {},
    },
    weightsManifest: [{ paths: ['w.bin'], weights: [{ name: 'w', shape: [2], dtype: 'float32' }] }],
  }
}

/** The files of a model: `model` as `model.json`, and weight files with the given bytes. */
export function modelFiles(
  model: unknown,
  shards: Record<string, Uint8Array> = { 'w.bin': floats(1.5, -2) },
): SourceFile[] {
  return [jsonFile('model.json', model), ...Object.entries(shards).map(([path, bytes]) => memoryFile(path, bytes))]
}

/** A model with one constant `w` as `spec` says, its data in `w.bin`. */
export function withWeight(spec: Json, data: Uint8Array, node: Json = {}): SourceFile[] {
  const model = tinyModel()
  model.modelTopology.node[1] = { name: 'w', op: 'Const', ...node }
  model.weightsManifest = [{ paths: ['w.bin'], weights: [{ name: 'w', ...spec }] }]
  return modelFiles(model, { 'w.bin': data })
}

/** The bytes of float32 values, as a weight file holds them. */
export function floats(...values: number[]): Uint8Array {
  return new Uint8Array(new Float32Array(values).buffer)
}

/** Written files as if they were dropped. */
export function asSources(files: readonly WrittenFile[]): SourceFile[] {
  return files.map(({ path, bytes }) => memoryFile(path, bytes))
}
