// Milliseconds an image of the graph as the file has it and as it is run, on the same pictures in one page.
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import { findChromium } from '../tools/chromium.mjs'
import { serve } from '../tools/serve.mjs'
import { bundlePage } from './bundle-page.mjs'

export const title = 'milliseconds an image on wasm, as the file has it and optimised'

const root = fileURLToPath(new URL('../', import.meta.url))
const shared = resolve(root, '../shared/models')
const sample = join(root, 'public/models/efficientnet-lite0')
const repeats = 20
const models = [
  {
    name: 'MobileNet v1 0.25 128, frozen graph',
    files: [join(shared, 'mobilenet_v1_0.25_128/frozen_graph.pb')],
    size: [128, 128],
    batch: 1,
  },
  {
    name: 'EfficientNet-Lite0 (the sample)',
    files: ['model.json', ...[1, 2, 3].map((part) => `group1-shard${part}of3.bin`)].map((file) => join(sample, file)),
    size: [224, 224],
    batch: 4,
  },
  {
    name: 'Teachable Machine’s image model',
    files: [join(shared, 'teachable-machine/image-model.zip')],
    size: [224, 224],
    batch: 4,
  },
  {
    name: 'posenet',
    files: ['tfjs/posenet.json', 'tfjs/posenet.bin'].map((file) => join(shared, file)),
    size: [385, 385],
    batch: 1,
  },
].filter(({ files }) => files.every((file) => existsSync(file)))

export async function run() {
  const folder = await mkdtemp(join(tmpdir(), 'cutpoint-optimise-'))
  await bundlePage(folder, 'bench/optimise.entry.ts')
  const server = await serve(folder, { isolated: true })
  const browser = await chromium.launch({ executablePath: findChromium() ?? undefined, args: ['--no-sandbox'] })
  const notes = [
    `Headless Chromium, cross-origin isolated, the backend alone in a page: median of ${repeats} runs each in turn, after two, the result read back; random pictures. difference: max|a−b| / max|b| of the output.`,
  ]
  try {
    const page = await browser.newPage()
    await page.goto(server.url)
    await page.waitForFunction(() => window.bench !== undefined)
    const rows = []
    for (const { name, files, size, batch } of models) {
      await page.locator('input').setInputFiles(files)
      const found = await page.evaluate(ask, { backend: 'wasm', size, batch, repeats }).catch(String)
      if (typeof found === 'string') notes.push(`${name}: ${found.split('\n')[0]}`)
      else rows.push(row(name, batch, found))
    }
    return { rows, notes }
  } finally {
    await browser.close()
    server.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Runs in the page. */
function ask(question) {
  return window.bench.compare({ ...question, files: [...document.querySelector('input').files] })
}

const row = (name, batch, { plain, optimised, optimiseMs, difference }) => ({
  model: name,
  'at once': batch,
  'operations, as in the file': plain.nodes,
  optimised: optimised.nodes,
  'ms/image, as in the file': plain.ms.toFixed(2),
  'ms/image, optimised': optimised.ms.toFixed(2),
  'times faster': (plain.ms / optimised.ms).toFixed(1),
  'optimising once ms': Math.round(optimiseMs),
  difference: difference.toExponential(1),
})
