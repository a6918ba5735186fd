// Features of photos, as the built page gives them (`cutpoint.features`), for studies outside it:
//
//     node tools/sklearn/features.mjs MODEL PHOTOS FOLDER
//
// MODEL is `sample` (the model of public/models), or a model's file. PHOTOS is `samples` (public/samples), or a folder that
// has a folder a label, or such folders in `train` and `test`. FOLDER gets `rows.json` (label, group and file of each row) and
// arrays [photos, features] as .npy: `mean` is the suggested cut, `mirrored-mean` the same of mirrored photos; of the sample model
// also `max`, `logits` and means of earlier blocks. CUTPOINT_DIST names a build that is there.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import { build } from 'vite'
import { findChromium } from '../chromium.mjs'
import { serve } from '../serve.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))
const dist = process.env.CUTPOINT_DIST ?? join(root, 'dist')
const sample = 'models/efficientnet-lite0/model.json'
const scope = 'efficientnet-lite0/'
const pooled = `${scope}head/global_average_pooling2d`
const views = {
  mean: `${pooled}/Mean:0`,
  max: `${scope}head/max/Max:0`,
  logits: `${scope}head/dense/BiasAdd:0`,
  'block-10': `${scope}blocks_10/add/AddV2:0`,
  'block-14': `${scope}blocks_14/add/AddV2:0`,
  'block-15': `${scope}blocks_15/project_batch_normalization/FusedBatchNormV3:0`,
}

/** The sample model with the maximum beside the mean. */
async function withMaximum() {
  const model = JSON.parse(await readFile(join(dist, sample), 'utf8'))
  const mean = model.modelTopology.node.find(({ name }) => name === `${pooled}/Mean`)
  model.modelTopology.node.push({ ...mean, name: `${scope}head/max/Max`, op: 'Max' })
  return JSON.stringify(model)
}

async function listed(from) {
  if (from === 'samples') {
    const folder = join(root, 'public/samples')
    const { images } = JSON.parse(await readFile(join(folder, 'index.json'), 'utf8'))
    return images.map(({ file, label, group }) => ({ path: join(folder, file), file, label, group }))
  }
  const inside = async (folder) => (await readdir(join(from, folder))).sort()
  const parts = (await inside('')).filter((name) => name === 'train' || name === 'test')
  const rows = []
  for (const part of parts.length > 0 ? parts : ['']) {
    for (const label of await inside(part)) {
      for (const name of await inside(join(part, label))) {
        const file = join(part, label, name)
        rows.push({ path: join(from, file), file, label, group: file })
      }
    }
  }
  return rows
}

/** In the page: adds a photo, mirrored if asked. */
async function add({ label, base64, mirrored }) {
  const blob = await (await fetch(`data:application/octet-stream;base64,${base64}`)).blob()
  const flip = async () => {
    const bitmap = await createImageBitmap(blob)
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
    const context = canvas.getContext('2d')
    context.scale(-1, 1)
    context.drawImage(bitmap, -bitmap.width, 0)
    return canvas.convertToBlob({ type: 'image/png' })
  }
  const { added } = await window.cutpoint.addImages(label, [mirrored ? await flip() : blob], { part: 'train' })
  if (added !== 1) throw new Error('A photo was not taken.')
}

/** In the page: the features of all photos, and how long each cut's are. */
async function compute(cuts) {
  const lengths = []
  for (const cut of cuts) lengths.push((await window.cutpoint.cut(cut)).featureLength)
  const cut = await window.cutpoint.cut(cuts)
  const { shape, data, labels } = await window.cutpoint.features('train')
  let text = ''
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  for (let at = 0; at < bytes.length; at += 32768) text += String.fromCharCode(...bytes.subarray(at, at + 32768))
  return { shape, lengths, labels, base64: btoa(text), cut }
}

/** The columns `first` to `last` of the rows as the bytes of a .npy file. */
function npy(data, [rows, columns], first, last) {
  const head = `{'descr': '<f4', 'fortran_order': False, 'shape': (${rows}, ${last - first}), }`
  const padded = head.padEnd(Math.ceil((head.length + 11) / 64) * 64 - 11) + '\n'
  const magic = Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, padded.length & 255, padded.length >> 8])
  const values = Buffer.concat(
    Array.from({ length: rows }, (_, row) => data.subarray(4 * (row * columns + first), 4 * (row * columns + last))),
  )
  return Buffer.concat([magic, Buffer.from(padded, 'latin1'), values])
}

async function opened(page, url, model) {
  await page.goto(url)
  await page.evaluate(() => window.cutpoint.ready)
  if (model === 'sample') {
    await page.evaluate((address) => window.cutpoint.open(address), sample)
    return views
  }
  await page.evaluate(() => {
    document.body.append(Object.assign(document.createElement('input'), { type: 'file', id: 'given' }))
  })
  await page.locator('#given').setInputFiles(model)
  const cut = await page.evaluate(async () => {
    const { suggestedCut } = await window.cutpoint.open([...document.getElementById('given').files])
    return suggestedCut
  })
  return { mean: cut }
}

async function main([model, photos, folder]) {
  if (!process.env.CUTPOINT_DIST) await build({ root, logLevel: 'error' })
  const rows = await listed(photos)
  const changed = await withMaximum()
  const answer = (name, _, response) => {
    if (name !== sample) return false
    response.writeHead(200, { 'content-type': 'application/json' }).end(changed)
    return true
  }
  const server = await serve(dist, { isolated: true, answer })
  const browser = await chromium.launch({ executablePath: findChromium() ?? undefined, args: ['--no-sandbox'] })
  try {
    await mkdir(folder, { recursive: true })
    for (const mirrored of [false, true]) {
      const context = await browser.newContext({ serviceWorkers: 'block' })
      const page = await context.newPage()
      page.setDefaultTimeout(600_000)
      const cuts = await opened(page, server.url, model)
      for (const { label, path } of rows) {
        const base64 = (await readFile(path)).toString('base64')
        await page.evaluate(add, { label, base64, mirrored })
      }
      const got = await page.evaluate(compute, Object.values(cuts))
      if (got.labels.join() !== rows.map(({ label }) => label).join()) throw new Error('The rows are in another order.')
      const data = Buffer.from(got.base64, 'base64')
      let first = 0
      for (const [index, name] of Object.keys(cuts).entries()) {
        const last = first + got.lengths[index]
        await writeFile(join(folder, `${mirrored ? 'mirrored-' : ''}${name}.npy`), npy(data, got.shape, first, last))
        first = last
      }
      if (first !== got.shape[1]) throw new Error(`The cuts have ${first} features, the rows ${got.shape[1]}.`)
      await context.close()
    }
    await writeFile(
      join(folder, 'rows.json'),
      JSON.stringify(rows.map(({ file, label, group }) => ({ file, label, group }))) + '\n',
    )
  } finally {
    await browser.close()
    server.close()
  }
}

await main(process.argv.slice(2))
