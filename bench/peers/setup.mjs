import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { platform } from 'node:process'
import { fileURLToPath } from 'node:url'
import { parityPython } from '../../tools/parity/python.mjs'

const here = fileURLToPath(new URL('./', import.meta.url))
const root = join(here, '../..')
const cache = join(root, '.cache/peers')

const page = (head) => `<!doctype html><meta charset="utf-8"><title>peer</title>${head}<body></body>\n`
const script = (src) => `<script src="${src}"></script>`
const pages = {
  'teachable-machine.html': page(
    script('tfjs-1/tf.min.js') + script('teachable-machine/teachablemachine-image.min.js'),
  ),
  'tfjs.html': page(script('tfjs-4/tf.min.js') + script('tfjs-4/tf-backend-wasm.min.js')),
  'litert.html': page(
    '<script type="importmap">{"imports":{"@litertjs/wasm-utils":"./litert-wasm-utils/index.js"}}</script>',
  ),
}

/**
 * Installs the peers, splits Teachable Machine's zip into what they take, and puts all of it into one folder that can be
 * served. Resolves to the folder, and whether there is a trunk in it (that needs Python; see tools/parity).
 */
export function setUpPeers(zip) {
  const modules = join(here, 'node_modules')
  if (!existsSync(modules)) {
    const options = { cwd: here, stdio: 'inherit', shell: platform === 'win32' }
    execFileSync('npm', ['install', '--no-package-lock', '--no-audit', '--no-fund', '--legacy-peer-deps'], options)
  }
  const site = join(cache, 'site')
  mkdirSync(site, { recursive: true })
  const own = join(root, 'node_modules/@tensorflow')
  const folders = {
    'tfjs-1': join(modules, '@tensorflow/tfjs/dist'),
    'teachable-machine': join(modules, '@teachablemachine/image/dist'),
    litert: join(modules, '@litertjs/core/dist'),
    'litert/wasm': join(modules, '@litertjs/core/wasm'),
    'litert-wasm-utils': join(modules, '@litertjs/wasm-utils/dist'),
  }
  for (const [name, from] of Object.entries(folders)) cpSync(from, join(site, name), { recursive: true })
  const wasm = ['', '-simd', '-threaded-simd'].map((kind) => `tfjs-backend-wasm${kind}.wasm`)
  for (const file of [
    'tfjs/dist/tf.min.js',
    ...['tf-backend-wasm.min.js', ...wasm].map((name) => `tfjs-backend-wasm/dist/${name}`),
  ]) {
    cpSync(join(own, file), join(site, 'tfjs-4', file.split('/').at(-1)))
  }
  for (const [name, text] of Object.entries(pages)) writeFileSync(join(site, name), text)
  return { site, trunk: makeTrunk(zip, site) }
}

function makeTrunk(zip, site) {
  if (existsSync(join(site, 'expected.json'))) return true
  try {
    const python = parityPython(join(root, '.cache/parity/venv'))
    execFileSync(python, [join(here, 'trunk.py'), zip, site], { stdio: ['ignore', 'ignore', 'pipe'] })
    return true
  } catch (error) {
    console.log(`Python could not make the peers' trunk: ${String(error.message).split('\n').at(-1)}`)
    return false
  }
}
