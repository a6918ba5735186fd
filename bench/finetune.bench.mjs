// A step of fine-tuning, 16 photos through the last three blocks of the sample network and its last convolution: Cutpoint's
// own kernels on one and two threads, tfjs on its backends, and Keras on TensorFlow, in turn and on the same maps.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import { findChromium } from '../tools/chromium.mjs'
import { serve } from '../tools/serve.mjs'
import { bundlePage } from './bundle-page.mjs'

export const title = 'milliseconds of a step of fine-tuning: 16 photos, 2.0 M parameters, forward, back and Adam'

const root = fileURLToPath(new URL('../', import.meta.url))
const sample = join(root, 'public/models/efficientnet-lite0')
const files = ['model.json', ...[1, 2, 3].map((part) => `group1-shard${part}of3.bin`)].map((file) => join(sample, file))
/** Those that are fast go in turn: rounds of a few steps each, so that what else the machine does hits all. */
const rounds = 12
const stepsOfRound = { fast: 5, tfjs: 1 }
const wasm = 'tfjs wasm, gradients composed of its kernels'
const own = [1, 2].map((threads) => ({ name: `Cutpoint, ${threads === 1 ? 'one thread' : 'two threads'}`, threads }))
/** Of those that take minutes only a few steps are taken, of some of the photos. */
const slow = [
  { name: 'tfjs WebGL (in software where there is no GPU)', backend: 'webgl', photos: 2 },
  { name: 'tfjs cpu', backend: 'cpu', photos: 2 },
]

export async function run() {
  const folder = await mkdtemp(join(tmpdir(), 'cutpoint-finetune-'))
  await bundlePage(folder, 'bench/finetune/page.entry.ts')
  const server = await serve(folder, { isolated: true })
  const args = ['--no-sandbox', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist']
  const browser = await chromium.launch({ executablePath: findChromium() ?? undefined, args })
  const notes = [
    `Headless Chromium ${browser.version()}, cross-origin isolated. Maps at the freeze point are worked out before, norms keep their statistics, Adam at a rate of 1e-4. Cutpoint and Keras take ${stepsOfRound.fast} steps each in turn, tfjs’ wasm ${stepsOfRound.tfjs}, ${rounds} times, the first turn left out.`,
  ]
  const peers = []
  try {
    const page = await openPage(browser, server.url)
    const { description, numbers } = await ask(page, 'open')
    await writeFile(join(folder, 'case.json'), JSON.stringify(description))
    await writeFile(join(folder, 'values.bin'), Buffer.from(numbers, 'base64'))
    const runners = await openRunners(page, folder, peers, notes)
    const found = new Map(runners.map(({ name }) => [name, { times: [], losses: [] }]))
    for (let round = 0; round < rounds; round++) {
      for (const { name, steps } of runners) {
        const { times, losses } = await steps(name === wasm ? stepsOfRound.tfjs : stepsOfRound.fast)
        found.get(name)?.losses.push(...losses)
        if (round > 0) found.get(name)?.times.push(...times)
      }
    }
    const rows = [...found].map(([name, { times, losses }]) => row(name, times, losses))
    notes.push(...compare(rows, found))
    for (const each of slow) rows.push(await slowRow(browser, server.url, each))
    return { rows, notes }
  } finally {
    for (const peer of peers) peer.end()
    await browser.close()
    server.close()
    await rm(folder, { recursive: true, force: true })
  }
}

async function openPage(browser, url) {
  const page = await browser.newPage()
  page.setDefaultTimeout(0)
  await page.goto(url)
  await page.waitForFunction(() => window.bench !== undefined)
  await page.locator('input').setInputFiles(files)
  return page
}

/** Calls what page.entry.ts exports. */
function ask(page, call, ...given) {
  return page.evaluate(
    ([call, given]) => window.bench[call](...(call === 'open' ? [[...document.querySelector('input').files]] : given)),
    [call, given],
  )
}

/** What goes in turn: a name, and a function that takes some steps. */
async function openRunners(page, folder, peers, notes) {
  const runners = []
  for (const { name, threads } of own) {
    await ask(page, 'begin', name, { threads })
    runners.push({ name, steps: (count) => ask(page, 'steps', name, count) })
  }
  await ask(page, 'begin', wasm, { backend: 'wasm', photos: 16 })
  runners.push({ name: wasm, steps: (count) => ask(page, 'steps', wasm, count) })
  for (const threads of [2, 1]) {
    const peer = await openKeras(folder, threads)
    if (!peer) {
      notes.push(
        'Keras was not found, so it is not beside our figures: set CUTPOINT_PYTHON to a Python that has TensorFlow.',
      )
      break
    }
    peers.push(peer)
    const name = `${peer.versions}, ${threads === 1 ? 'one thread' : 'two threads'}`
    runners.push({ name, steps: peer.steps })
  }
  return runners
}

/** A process that trains with Keras whenever it is asked; null where there is none. */
async function openKeras(folder, threads) {
  const script = join(root, 'bench/finetune/keras_steps.py')
  const child = spawn(process.env.CUTPOINT_PYTHON ?? 'python3', [script, folder, String(threads)], {
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  child.on('error', () => undefined)
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const first = await lines.next().catch(() => ({ done: true }))
  if (first.done) return null
  return {
    versions: JSON.parse(first.value).versions,
    async steps(count) {
      child.stdin.write(`${count}\n`)
      return JSON.parse((await lines.next()).value)
    },
    async end() {
      child.stdin.end()
      await once(child, 'exit')
    },
  }
}

async function slowRow(browser, url, { name, backend, photos }) {
  const page = await openPage(browser, url)
  try {
    await ask(page, 'open')
    await ask(page, 'begin', name, { backend, photos })
    await ask(page, 'steps', name, 1)
    const { times, losses } = await ask(page, 'steps', name, 1)
    const scaled = times.map((time) => (time * 16) / photos)
    return { ...row(`${name}, ${photos} photos · ${16 / photos}`, scaled, losses), 'loss at last': undefined }
  } finally {
    await page.close()
  }
}

function row(name, times, losses) {
  const sorted = times.toSorted((a, b) => a - b)
  return {
    training: name,
    steps: times.length,
    'ms, least': Number(sorted[0].toFixed(1)),
    'ms, median': Number(sorted[sorted.length >> 1].toFixed(1)),
    'loss at last': Number(losses.at(-1).toFixed(5)),
  }
}

/** Our two threads beside the others, and how far the losses are apart. */
function compare(rows, found) {
  const name = own[1].name
  const [ours, losses] = [rows.find((row) => row.training === name), found.get(name).losses]
  return rows
    .filter((row) => row.training !== name)
    .map((other) => {
      const [least, median] = ['ms, least', 'ms, median'].map((key) => (ours[key] / other[key]).toFixed(2))
      const theirs = found.get(other.training).losses
      const apart = Math.max(...theirs.map((loss, step) => Math.abs(losses[step] - loss) / loss))
      return `${name}: ${least} of the time of ${other.training} (medians ${median}); losses of ${theirs.length} steps are at most ${apart.toExponential(1)} apart.`
    })
}
