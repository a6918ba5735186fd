// Beside its peers: Teachable Machine's library on the main job, TensorFlow.js' layers and LiteRT.js on the trunk's features,
// Netron on opening a frozen graph. Needs the models and photos that lie beside the project; packages of the peers are
// installed in bench/peers on the first run.
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import { build } from 'vite'
import { findChromium } from '../tools/chromium.mjs'
import { serve } from '../tools/serve.mjs'
import { openingTimes } from './open.bench.mjs'
import { cutpointFeatures, cutpointJob, litert, teachableMachine, tfjsLayers } from './peers/in-page.mjs'
import { setUpPeers } from './peers/setup.mjs'

export const title = 'the main job, features of the trunk and opening a frozen graph, beside peers'

const root = fileURLToPath(new URL('../', import.meta.url))
const shared = join(root, '../shared')
const zip = join(shared, 'models/teachable-machine/image-model.zip')
const frozen = join(shared, 'models/mobilenet_v1_0.25_128/frozen_graph.pb')
const labels = ['dress', 'pants', 'shoes']
/** As Teachable Machine's page has them. */
const head = { hidden: 100, epochs: 50, rate: 0.001, batch: 16 }
const count = 224 * 224 * 3
const repeats = 60

export async function run() {
  if (!existsSync(zip)) return { rows: [], notes: ['Needs the models and photos of ../shared.'] }
  const { site, trunk } = setUpPeers(zip)
  // The build can be one that is there: CUTPOINT_DIST=folder
  const dist = process.env.CUTPOINT_DIST ?? join(root, 'dist')
  if (!process.env.CUTPOINT_DIST) await build({ root, logLevel: 'error' })
  const servers = [await serve(dist, { isolated: true }), await serve(site, { isolated: true })]
  const [own, peers] = servers.map(({ url }) => url)
  // Without a GPU, WebGL is computed in software; else it is not there at all.
  const args = ['--no-sandbox', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist']
  const browser = await chromium.launch({ executablePath: findChromium() ?? undefined, args })
  try {
    const photos = await readPhotos()
    const ours = await inPage(browser, own, (page) => mainJob(page, photos))
    const theirs = trunk ? await peerFigures(browser, peers, photos) : null
    const opening = await openingTimes(browser, own, [frozen])
    const rows = [...jobRows(ours, theirs), ...featureRows(ours, theirs), ...openRows(opening)]
    return { rows, notes: await notes(browser, ours, theirs, site) }
  } finally {
    await browser.close()
    for (const server of servers) server.close()
  }
}

/** 30 photos a label, 5 of them held out while training as Teachable Machine does, and 12 that were never seen. */
async function readPhotos() {
  const photos = []
  for (const label of labels) {
    for (const [folder, most] of Object.entries({ train: 30, test: 12 })) {
      const path = join(shared, 'images/clothing', folder, label)
      const files = (await readdir(path)).sort().slice(0, most)
      for (const [index, file] of files.entries()) {
        const part = folder === 'test' ? 'test' : index < 25 ? 'train' : 'validation'
        const url = `data:image/jpeg;base64,${(await readFile(join(path, file))).toString('base64')}`
        photos.push({ label, part, url })
      }
    }
  }
  return photos
}

async function inPage(browser, url, work) {
  const context = await browser.newContext({ serviceWorkers: 'block' })
  try {
    const page = await context.newPage()
    page.setDefaultTimeout(600_000)
    await page.goto(url)
    return await work(page)
  } finally {
    await context.close()
  }
}

async function mainJob(page, photos) {
  await page.evaluate(() => window.cutpoint.ready)
  await page.evaluate(() => {
    document.body.append(Object.assign(document.createElement('input'), { type: 'file', id: 'given' }))
  })
  await page.locator('#given').setInputFiles(zip)
  const dense = {
    ...{ kind: 'dense', hidden: [head.hidden], dropout: 0, optimizer: 'adam', learningRate: head.rate },
    ...{ epochs: head.epochs, batchSize: head.batch, patience: head.epochs },
  }
  const job = await page.evaluate(cutpointJob, { photos, kinds: [dense, { kind: 'linear', l2: 0.01 }] })
  return { ...job, values: await page.evaluate(cutpointFeatures, { cut: job.cut, count }) }
}

async function peerFigures(browser, url, photos) {
  const at = (page, work, given) => inPage(browser, `${url}${page}`, (opened) => opened.evaluate(work, given))
  return {
    layers: await at('tfjs.html', tfjsLayers, { count, repeats }),
    litert: await at('litert.html', litert, { count, repeats, threads: 1 }),
    threaded: await at('litert.html', litert, { count, repeats, threads: 2 }),
    machine: await at('teachable-machine.html', teachableMachine, { photos, labels, head }),
  }
}

const seconds = (ms) => (ms / 1000).toFixed(2)
const row = (what, who, figure, unit, share) => ({ what, who, figure, unit, 'times Cutpoint': share?.toFixed(1) ?? '' })

function jobRows(ours, theirs) {
  const [dense, linear] = ours.runs
  const features = dense.decodeMs + dense.features.ms
  const machine = theirs?.machine
  const compared = (what, unit, own, other, print) => [
    row(what, `Cutpoint, ${ours.backend}`, print(own), unit),
    ...(machine
      ? [row(what, `Teachable Machine, ${machine.backend}`, print(other), unit, unit === 's' ? other / own : undefined)]
      : []),
  ]
  return [
    ...compared('90 photos: decode and features', 's', features, machine?.features, seconds),
    ...compared('90 photos: head, 50 epochs', 's', dense.fit, machine?.head, seconds),
    ...compared('90 photos: both', 's', features + dense.fit, machine ? machine.features + machine.head : 0, seconds),
    ...compared('accuracy, 36 other photos', '', dense.accuracy, machine?.accuracy, (value) => value.toFixed(3)),
    row('90 photos: linear head', `Cutpoint, ${ours.backend}`, seconds(linear.fit), 's'),
    row('accuracy, 36 other photos: linear head', `Cutpoint, ${ours.backend}`, linear.accuracy.toFixed(3), ''),
  ]
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]

function featureRows(ours, theirs) {
  const { ms, count: done } = ours.runs[0].features
  const own = ms / done
  const what = 'features of one photo on wasm'
  const peer = (who, figure) => row(what, who, figure.toFixed(1), 'ms', figure / own)
  return [
    row(what, `Cutpoint${ours.backend === 'wasm' ? '' : ` (${ours.backend})`}`, own.toFixed(1), 'ms'),
    ...(theirs
      ? [
          peer(`TensorFlow.js layers, ${theirs.layers.threads} threads`, median(theirs.layers.ms)),
          peer('LiteRT.js, 1 thread', median(theirs.litert.ms)),
          peer('LiteRT.js, 2 threads', median(theirs.threaded.ms)),
        ]
      : []),
  ]
}

function openRows({ ours, theirs }) {
  const what = 'frozen_graph.pb from picked to drawn'
  const print = (ms) => (ms === null ? 'not drawn' : seconds(ms))
  return [
    row(what, 'Cutpoint', print(ours.median), 's'),
    ...(theirs ? [row(what, 'Netron', print(theirs.median), 's', theirs.median / ours.median)] : []),
  ]
}

async function notes(browser, ours, theirs, site) {
  const texts = [
    `Headless Chromium ${browser.version()}. WebGL is what this browser has: without a GPU it is computed in software, and many times slower than with one.`,
    `Dress, pants and shoes, 30 photos each (25 to learn from, 5 held out), 12 more each for the accuracy; trunk: MobileNet v2 0.35 at 224 from Teachable Machine’s zip. Head of both: ${head.hidden} hidden units, Adam, rate ${head.rate}, batch ${head.batch}.`,
    `Taking in the photos (thumbnails, duplicates) is Cutpoint’s alone: ${seconds(ours.intake)} s more for the 90. Its features a photo are the mean of the batches of ${ours.runs[0].features.count}; the peers’ the median of ${repeats} runs, one photo each.`,
  ]
  if (!theirs) return [...texts, 'The peers were not measured: their trunk is made with Python; see tools/parity.']
  const expected = JSON.parse(await readFile(join(site, 'expected.json'), 'utf8'))
  const apart = (values) => {
    const largest = Math.max(...expected.map(Math.abs))
    return (Math.max(...values.map((value, i) => Math.abs(value - expected[i]))) / largest).toExponential(1)
  }
  const { layers, litert: one } = theirs
  return [
    ...texts,
    `One network: the features of one input differ from TensorFlow’s by ${apart(ours.values)} (Cutpoint), ${apart(layers.features)} (layers), ${apart(one.features)} (LiteRT.js).`,
  ]
}
