// The graphs the benchmarks open: real models where they lie beside the project, and made ones of any size.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { writeMadeGraph } from './made-graphs.mjs'

const shared = fileURLToPath(new URL('../../shared/models/tfjs/', import.meta.url))

/** Files of the real models, smaller ones first; none where the folder is not there. */
export function realModels() {
  return ['posenet', 'movenet-lightning', 'facemesh-attention']
    .map((name) => ({ name, paths: [join(shared, `${name}.json`), join(shared, `${name}.bin`)] }))
    .filter(({ paths }) => paths.every((path) => existsSync(path)))
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
