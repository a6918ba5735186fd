// The last stages of networks with random weights, trained by Keras and by Cutpoint's own kernels, step by step: prints how far
// apart losses and weights are.
//   node tools/tail/run.mjs                  all of them
//   node tools/tail/run.mjs ResNet50         these alone
// CUTPOINT_PYTHON names a Python with TensorFlow and Keras; else one is made (tools/parity/python.mjs). The networks stay in
// .cache/tail, or where CUTPOINT_TAIL says.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { argv, env } from 'node:process'
import { fileURLToPath } from 'node:url'
import { createServer } from 'vite'
import { parityPython } from '../parity/python.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))
const cache = env.CUTPOINT_TAIL ?? join(root, '.cache/tail')
const known = ['EfficientNetLite0', 'ResNet50', 'MobileNetV2', 'DenseNet121']
const wanted = argv.length > 2 ? argv.slice(2) : known

const server = await createServer({
  root,
  appType: 'custom',
  logLevel: 'error',
  server: { middlewareMode: true, watch: null, ws: false },
  optimizeDeps: { noDiscovery: true },
})
const { compareWithKeras } = await server.ssrLoadModule('/src/compute/tail/testing/whole-network.ts')
const rows = []
for (const family of wanted) {
  const folder = join(cache, family)
  if (!existsSync(join(folder, 'run.json'))) {
    const script = fileURLToPath(new URL('make.py', import.meta.url))
    execFileSync(parityPython(join(root, '.cache/parity/venv')), [script, family, folder], { stdio: 'inherit' })
  }
  const bytes = readFileSync(join(folder, 'values.bin'))
  const values = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
  const network = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8'))
  const graph = new Uint8Array(readFileSync(join(folder, 'frozen.pb')))
  rows.push({ network: family, ...(await compareWithKeras(graph, network, values)) })
}
console.table(rows)
await server.close()
