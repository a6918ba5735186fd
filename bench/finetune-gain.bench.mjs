// What training the last layers is worth, beside the head alone on the same photos: on symbols in noise, which are made here and
// unlike all that the sample network has seen, and on photos of clothes with an old small network, which lie beside the project.
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import { build } from 'vite'
import { findChromium } from '../tools/chromium.mjs'
import { serve } from '../tools/serve.mjs'
import { madeSymbols } from './made-symbols.mjs'

export const title = 'accuracy on photos held out: the head alone, and with the last layers trained'

const root = fileURLToPath(new URL('../', import.meta.url))
const shared = join(root, '../shared')

const unchanged = { variants: 0 }
const mirroredAndCropped = { variants: 3, flip: true, crop: 0.2, scale: 0.2, brightness: 0.1 }

/** What is trained, in turn. */
const cases = [
  {
    name: 'symbols in noise, EfficientNet-Lite0, last 16 layers',
    augment: unchanged,
    tail: { layers: 16, learningRate: 1e-4, epochs: 8, patience: 0 },
    model: async () => 'models/efficientnet-lite0/model.json',
    photos: async () =>
      madeSymbols(8, { train: 50, validation: 10, test: 30 }).map(({ label, part, bytes }) => ({
        label,
        part,
        url: urlOf('image/png', bytes),
      })),
  },
  {
    name: 'clothes, MobileNet v1 .25, all layers',
    augment: mirroredAndCropped,
    tail: { layers: 1000, learningRate: 3e-5, epochs: 16, patience: 0 },
    model: async () => {
      const file = join(shared, 'models/mobilenet_v1_0.25_128/frozen_graph.pb')
      return existsSync(file) ? urlOf('application/octet-stream', await readFile(file)) : null
    },
    photos: clothes,
  },
]

export async function run() {
  // The build can be one that is there: CUTPOINT_DIST=folder
  const dist = process.env.CUTPOINT_DIST ?? join(root, 'dist')
  if (!process.env.CUTPOINT_DIST) await build({ root, logLevel: 'error' })
  const server = await serve(dist, { isolated: true })
  const browser = await chromium.launch({ executablePath: findChromium() ?? undefined, args: ['--no-sandbox'] })
  const rows = []
  const notes = [
    'Headless Chromium on wasm, the linear head as it is offered first. The validation photos decide what is used.',
  ]
  try {
    for (const { name, augment, tail, model, photos } of cases) {
      const source = await model()
      if (source === null) notes.push(`${name}: needs what is in ../shared.`)
      else
        rows.push(...rowsOf(name, await inPage(browser, server.url, { source, photos: await photos(), augment, tail })))
    }
    return { rows, notes }
  } finally {
    await browser.close()
    server.close()
  }
}

const urlOf = (type, bytes) => `data:${type};base64,${Buffer.from(bytes).toString('base64')}`

/** All of them; every fifth one to train on is held out for validation instead. */
async function clothes() {
  const photos = []
  for (const part of ['train', 'test']) {
    for (const label of (await readdir(join(shared, 'images/clothing', part))).sort()) {
      const folder = join(shared, 'images/clothing', part, label)
      for (const [place, file] of (await readdir(folder)).sort().entries()) {
        const own = part === 'train' && place % 5 === 4 ? 'validation' : part
        photos.push({ label, part: own, url: urlOf('image/jpeg', await readFile(join(folder, file))) })
      }
    }
  }
  return photos
}

async function inPage(browser, url, given) {
  const context = await browser.newContext({ serviceWorkers: 'block' })
  try {
    const page = await context.newPage()
    page.setDefaultTimeout(0)
    await page.goto(url)
    return await page.evaluate(trainBoth, given)
  } finally {
    await context.close()
  }
}

// It runs in the page, and so refers to nothing outside itself.
async function trainBoth({ source, photos, augment, tail }) {
  const { cutpoint } = window
  await cutpoint.ready
  await cutpoint.setBackend('wasm')
  const isFile = source.startsWith('data:')
  const opened = await cutpoint.open(isFile ? new File([await (await fetch(source)).blob()], 'graph.pb') : source)
  await cutpoint.cut(opened.suggestedCut)
  for (const part of ['train', 'validation', 'test']) {
    for (const label of new Set(photos.map((photo) => photo.label))) {
      const own = photos.filter((photo) => photo.label === label && photo.part === part).map((photo) => photo.url)
      await cutpoint.addImages(label, own, { part })
    }
  }
  const head = { kind: 'linear' }
  const alone = await cutpoint.train({ head, tail: null, augment })
  const both = await cutpoint.train({ head, tail, augment })
  return { alone, both }
}

function rowsOf(name, { alone, both }) {
  const percent = (share) => Math.round(1000 * share) / 10
  const { tail } = both
  return [
    {
      training: name,
      'held out': alone.images.test,
      'head alone (%)': percent(alone.accuracy.test),
      'with the last layers (%)': percent(both.accuracy.test),
      'gain (points)': percent(both.accuracy.test - alone.accuracy.test),
      used: tail.kept,
      'validation loss before': Number(tail.before.loss.toFixed(3)),
      after: Number(tail.after.loss.toFixed(3)),
      epochs: tail.epochs,
      seconds: Math.round(tail.ms / 1000),
    },
  ]
}
