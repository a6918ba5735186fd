// A photo added to 90 whose features are known, and taken away again: milliseconds until the new report is on screen.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import { build } from 'vite'
import { findChromium } from '../tools/chromium.mjs'
import { serve } from '../tools/serve.mjs'

export const title = 'milliseconds from a change of photos to the new report, by phase'

const root = fileURLToPath(new URL('../', import.meta.url))
const samples = join(root, 'public/samples')
const known = 90
const repeats = 10
const phases = ['wait', 'decode', 'features', 'fit', 'evaluate', 'rest', 'draw', 'all']

export async function run() {
  // The build can be one that is there: CUTPOINT_DIST=folder
  const dist = process.env.CUTPOINT_DIST ?? join(root, 'dist')
  if (!process.env.CUTPOINT_DIST) await build({ root, logLevel: 'error' })
  const server = await serve(dist, { isolated: true })
  const browser = await chromium.launch({ executablePath: findChromium() ?? undefined, args: ['--no-sandbox'] })
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    await page.goto(server.url)
    const photos = await readPhotos()
    await trainOnKnown(page, photos.slice(0, known))
    const undo = page.locator('section[data-station=photos]').getByRole('button', { name: /^Undo: / })
    const added = []
    const removed = []
    for (const photo of photos.slice(known, known + repeats + 1)) {
      added.push(await measure(page, () => page.evaluate(addPhoto, { photo, part: 'train' })))
      removed.push(await measure(page, () => undo.click()))
    }
    return {
      rows: [row('a new photo', added), row('one photo less: all features known', removed)],
      notes: [
        `Headless Chromium, 1440×900, EfficientNet-Lite0, ${known} sample photos in three labels, one in five held out. The first of each change only warms up; medians of ${repeats} more.`,
        'From the moment the photos in the state have changed. wait: until the change counts as the last (60 ms) and the training is with the worker; decode, features, fit, evaluate: in the worker, as its report says; rest: messages, keeping the head on disk; draw: until the frame after the report.',
      ],
    }
  } finally {
    await browser.close()
    server.close()
  }
}

/** Sample photos, the labels by turns. */
async function readPhotos() {
  const { images } = JSON.parse(await readFile(join(samples, 'index.json'), 'utf8'))
  const labels = [...new Set(images.map(({ label }) => label))]
  const ofLabels = labels.map((name) => images.filter(({ label }) => label === name))
  const wanted = Array.from({ length: known + repeats + 1 }, (_, index) => {
    return ofLabels[index % labels.length][Math.floor(index / labels.length)]
  })
  return Promise.all(
    wanted.map(async ({ file, label }) => {
      const bytes = await readFile(join(samples, file))
      return { label, url: `data:image/webp;base64,${bytes.toString('base64')}` }
    }),
  )
}

async function trainOnKnown(page, photos) {
  await page.evaluate(async () => {
    await window.cutpoint.ready
    const { suggestedCut } = await window.cutpoint.open('models/efficientnet-lite0/model.json')
    await window.cutpoint.cut(suggestedCut)
  })
  for (const photo of photos) await page.evaluate(addPhoto, { photo })
  await page.evaluate(() => window.cutpoint.train())
}

/** Runs in the page. */
function addPhoto({ photo, part }) {
  return window.cutpoint.addImages(photo.label, [photo.url], part ? { part } : {})
}

/** Milliseconds of each phase after what `change` does to the photos. */
async function measure(page, change) {
  const measured = page.evaluate(
    () =>
      new Promise((resolve) => {
        const { cutpoint } = window
        let changed = 0
        let began = 0
        const stops = [
          cutpoint.on('images', () => (changed = performance.now())),
          cutpoint.on('progress', ({ what }) => {
            if (changed > 0 && began === 0 && what === 'Preparing the network') began = performance.now()
          }),
          cutpoint.on('trained', (report) => {
            stops.forEach((stop) => stop())
            const trained = performance.now()
            requestAnimationFrame(() =>
              setTimeout(() => {
                const drawn = performance.now()
                const { decodeMs: decode, features, fit, evaluateMs: evaluate } = report
                const wait = began - changed
                const rest = trained - began - decode - features.ms - fit.ms - evaluate
                const draw = drawn - trained
                resolve({
                  wait,
                  decode,
                  features: features.ms,
                  fit: fit.ms,
                  evaluate,
                  rest,
                  draw,
                  all: drawn - changed,
                })
              }),
            )
          }),
        ]
      }),
  )
  const [result] = await Promise.all([measured, change()])
  return result
}

function row(change, [, ...runs]) {
  const median = (phase) => runs.map((one) => one[phase]).toSorted((a, b) => a - b)[Math.floor(runs.length / 2)]
  const worst = Math.max(...runs.map(({ all }) => all))
  const rounded = (value) => Math.round(value * 10) / 10
  return {
    change,
    ...Object.fromEntries(phases.map((phase) => [phase, rounded(median(phase))])),
    worst: rounded(worst),
  }
}
