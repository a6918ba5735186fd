// “Where should I cut?” on EfficientNet-Lite0 with 90 photos of clothes: how much longer it takes than the features of the last
// cut alone, and what it says of each cut beside the accuracy that training there then has on 120 photos it never saw.
// Needs the photos that lie beside the project.
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import { build } from 'vite'
import { findChromium } from '../tools/chromium.mjs'
import { serve } from '../tools/serve.mjs'

export const title = 'where to cut: time beside the features of one cut, and what is said beside what comes'

const root = fileURLToPath(new URL('../', import.meta.url))
const clothing = join(root, '../shared/images/clothing')
const perLabel = 9
const repeats = 5

export async function run() {
  if (!existsSync(clothing)) return { rows: [], notes: ['Needs the photos of ../shared.'] }
  // The build can be one that is there: CUTPOINT_DIST=folder
  const dist = process.env.CUTPOINT_DIST ?? join(root, 'dist')
  if (!process.env.CUTPOINT_DIST) await build({ root, logLevel: 'error' })
  const server = await serve(dist, { isolated: true })
  const browser = await chromium.launch({ executablePath: findChromium() ?? undefined, args: ['--no-sandbox'] })
  try {
    const photos = await readPhotos()
    // Both in turn, each in a page of its own that knows no features, so that what else the machine does hits both.
    const alone = []
    const compared = []
    for (let turn = 0; turn < repeats; turn++) {
      alone.push(await inPage(browser, server.url, photos, featuresAlone))
      compared.push(await inPage(browser, server.url, photos, compareCuts))
    }
    const { cuts, backend } = compared[0]
    const trained = await inPage(browser, server.url, photos, trainAtEach, cuts)
    return resultsOf({
      alone,
      compared,
      cuts,
      trained,
      backend,
      labels: new Set(photos.map(({ label }) => label)).size,
    })
  } finally {
    await browser.close()
    server.close()
  }
}

/** The first photos to train on of each label, and all that are held out. */
async function readPhotos() {
  const photos = []
  for (const part of ['train', 'test']) {
    for (const label of (await readdir(join(clothing, part))).sort()) {
      const files = (await readdir(join(clothing, part, label))).sort()
      for (const file of part === 'train' ? files.slice(0, perLabel) : files) {
        const bytes = await readFile(join(clothing, part, label, file))
        photos.push({ label, part, url: `data:image/jpeg;base64,${bytes.toString('base64')}` })
      }
    }
  }
  return photos
}

async function inPage(browser, url, photos, work, given = null) {
  const context = await browser.newContext({ serviceWorkers: 'block' })
  try {
    const page = await context.newPage()
    page.setDefaultTimeout(600_000)
    await page.goto(url)
    await page.evaluate(prepare, photos)
    return await page.evaluate(work, given)
  } finally {
    await context.close()
  }
}

// These run in the page, and so refer to nothing outside themselves.

async function prepare(photos) {
  const { cutpoint } = window
  await cutpoint.ready
  await cutpoint.setBackend('wasm')
  await cutpoint.open('models/efficientnet-lite0/model.json')
  for (const part of ['train', 'test']) {
    for (const label of new Set(photos.map((photo) => photo.label))) {
      const own = photos.filter((photo) => photo.label === label && photo.part === part).map(({ url }) => url)
      await cutpoint.addImages(label, own, { part })
    }
  }
}

/** Milliseconds of the features of the photos to train on at the suggested cut alone. */
async function featuresAlone() {
  const { cutpoint } = window
  const pooled = (await cutpoint.tensors()).findLast(
    ({ recommended, shape }) => recommended && shape?.length === 2 && shape[1] === 1280,
  )
  await cutpoint.cut(pooled.name)
  const began = performance.now()
  await cutpoint.features('train')
  return performance.now() - began
}

async function compareCuts() {
  const { cutpoint } = window
  const began = performance.now()
  const cuts = await cutpoint.advise()
  return { ms: performance.now() - began, cuts, backend: (await cutpoint.backend()).name }
}

/** The accuracy on photos held out of a head trained at each cut, with the settings that it was compared with. */
async function trainAtEach(cuts) {
  const { cutpoint } = window
  const accuracies = []
  for (const { tensors } of cuts) {
    await cutpoint.cut(tensors)
    accuracies.push((await cutpoint.train()).accuracy.test)
  }
  return accuracies
}

function resultsOf({ alone, compared, cuts, trained, backend, labels }) {
  const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
  const times = compared.map(({ ms }) => ms)
  const [one, all] = [median(alone), median(times)]
  const quickest = Math.min(...times) / Math.min(...alone)
  const single = cuts.flatMap(({ tensors }, at) => (tensors.length === 1 ? [at] : []))
  const said = single.map((at) => cuts[at].accuracy)
  const came = single.map((at) => trained[at])
  const percent = (share) => Math.round(1000 * share) / 10
  const rows = cuts.map(({ tensors, accuracy, error, featureLength, multiplyAdds, bytes }, at) => ({
    cut: tensors.map((tensor) => tensor.split('/').slice(1, -1).join('/')).join(' + '),
    features: featureLength,
    'multiply-adds (M)': Math.round(multiplyAdds / 1e6),
    'kept (MB)': Math.round(bytes / 1e4) / 100,
    'said (%)': percent(accuracy),
    '± (%)': percent(error),
    'held out (%)': percent(trained[at]),
  }))
  const best = said.indexOf(Math.max(...said))
  return {
    rows,
    notes: [
      `Headless Chromium on ${backend}, EfficientNet-Lite0, ${perLabel * labels} photos of clothes in ${labels} labels to train on and 120 held out, the linear head as it is offered first. said: by five folds of the photos to train on; held out: a head trained on all of them at that cut, on the 120.`,
      `Features of the ${perLabel * labels} photos at the last cut alone ${Math.round(one)} ms, comparing ${single.length} cuts ${Math.round(all)} ms, medians of ${repeats} in turn with decoding: ${(all / one).toFixed(2)} times as long (${quickest.toFixed(2)} times by the quickest run of each).`,
      `Rank correlation (Spearman) of what is said and what comes over ${single.length} single cuts: ${correlation(ranks(said), ranks(came)).toFixed(3)}. The cut called best has ${percent(came[best])} %; the most is ${percent(Math.max(...came))} %.`,
    ],
  }
}

/** Ranks from 0; equals share the mean of theirs. */
function ranks(values) {
  return values.map((value) => {
    const less = values.filter((other) => other < value).length
    const same = values.filter((other) => other === value).length
    return less + (same - 1) / 2
  })
}

function correlation(one, other) {
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length
  const [a, b] = [mean(one), mean(other)]
  const sum = (of) => one.reduce((total, _, at) => total + of(one[at] - a, other[at] - b), 0)
  return sum((x, y) => x * y) / Math.sqrt(sum((x) => x * x) * sum((_, y) => y * y))
}
