import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Graph } from '../types'
import { graphFromModelJson, type ModelJson } from './model-json'

const folder = new URL('../../../../shared/models/tfjs/', import.meta.url)

/** A converted model from the shared folder, or null, with a message, where the folder is not there. */
export function sharedModel(name: string): Graph | null {
  const json = fileURLToPath(new URL(`${name}.json`, folder))
  if (!existsSync(json)) {
    process.stderr.write(`skipped: ${name} is not in ../shared/models/tfjs\n`)
    return null
  }
  const model = JSON.parse(readFileSync(json, 'utf8')) as ModelJson
  return graphFromModelJson(model, readFileSync(fileURLToPath(new URL(`${name}.bin`, folder))))
}
