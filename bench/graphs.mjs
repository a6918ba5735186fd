// The graphs the benchmarks open: real models where they lie beside the project, and made ones of any size.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { writeMadeGraph } from './made-graphs.mjs'

const shared = fileURLToPath(new URL('../../shared/models/', import.meta.url))

/** Files of the real models, smaller ones first; none where the folder is not there. */
export function realModels() {
  const converted = ['posenet', 'movenet-lightning', 'facemesh-attention'].map((name) => ({
    name,
    paths: ['json', 'bin'].map((ending) => join(shared, 'tfjs', `${name}.${ending}`)),
  }))
  const frozen = {
    name: 'mobilenet_v1_0.25_128, frozen',
    paths: [join(shared, 'mobilenet_v1_0.25_128/frozen_graph.pb')],
  }
  return [frozen, ...converted].filter(({ paths }) => paths.every((path) => existsSync(path)))
}

/** Made graphs of the sizes given (GraphDef nodes), with scopes and with flat names, written into a folder. */
export async function madeModels(folder, sizes) {
  const models = []
  for (const nodes of sizes) {
    for (const flat of [false, true]) {
      const name = `made ${nodes.toLocaleString('en')}, ${flat ? 'flat names' : 'scopes'}`
      const { paths, operations } = await writeMadeGraph(join(folder, `${nodes}-${flat}`), { nodes, flat })
      models.push({ name, paths, nodes, operations })
    }
  }
  return models
}
