// The same number of photos dropped in few and in many labels, and thousands of labels trained and reported.
import { existsSync, readdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import { build } from 'vite'
import { findChromium } from '../tools/chromium.mjs'
import { serve } from '../tools/serve.mjs'
import { writePhotos } from './made-photos.mjs'

export const title = 'time of a drop by photos and not by labels, and what many labels take'

const root = fileURLToPath(new URL('../', import.meta.url))
const quads = resolve(root, '../shared/cases/quads.keras')
const fixture = join(root, 'src/formats/fixtures/cnn-float32')
const network = existsSync(quads)
  ? [quads]
  : readdirSync(fixture).flatMap((name) => (/model\.json$|\.bin$/.test(name) ? [join(fixture, name)] : []))
// Others for a quick look: CUTPOINT_SETS=3x1200,1200x3 npm run bench -- many-labels; `+` after a set trains and reports it.
const sets = (process.env.CUTPOINT_SETS ?? '3x1200,1200x3,5x5000,1000x3+,10000x3+').split(',').map((text) => ({
  labels: Number(text.split('x')[0]),
  perLabel: Number.parseInt(text.split('x')[1]),
  trained: text.endsWith('+'),
}))

export async function run() {
  const folder = await mkdtemp(join(tmpdir(), 'cutpoint-many-'))
  // The build can be one that is there: CUTPOINT_DIST=folder
  const dist = process.env.CUTPOINT_DIST ?? join(root, 'dist')
  if (!process.env.CUTPOINT_DIST) await build({ root, logLevel: 'error' })
  const server = await serve(dist, { isolated: true })
  try {
    const rows = []
    for (const set of sets) {
      const made = await writePhotos(join(folder, `${set.labels}x${set.perLabel}`, 'set'), set.labels, set.perLabel)
      rows.push(await wholeJob(server.url, made, set))
      await rm(made, { recursive: true, force: true })
    }
    return { rows, notes: [...compare(rows), ...explain] }
  } finally {
    server.close()
    await rm(folder, { recursive: true, force: true })
  }
}

const explain = [
  'Headless Chromium, 1440×900, a profile of its own for each row; PNGs of 24 × 24, dropped as one folder by the browser’s own drag events.',
  'shown: from the drop to the first frame that says that something is done. tasks: on the page, over 50 ms (0: none). memory: page and workers together (performance.measureUserAgentSpecificMemory), more than before the drop. load: of the machine at the end of the row, with this on it.',
]

function compare(rows) {
  const [few, many] = [rows.find(({ labels }) => labels === 3), rows.find(({ labels }) => labels === 1200)]
  if (!few || !many) return []
  const ratio = (many['s'] / few['s']).toFixed(2)
  return [`Time for 3,600 photos in 1,200 labels: ${ratio} of that in 3 (0.80 to 1.20 is what may be).`]
}

/** Notes long tasks, the drop, and the first frame after it that shows a job. */
function watch() {
  window.noted = { tasks: [], dropped: null, shown: null }
  const { noted } = window
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) noted.tasks.push({ startTime, duration })
  }).observe({ type: 'longtask' })
  const look = () => {
    if (noted.shown !== null) return
    if (document.querySelector('[data-testid=job]')) noted.shown = performance.now()
    else requestAnimationFrame(look)
  }
  document.addEventListener(
    'drop',
    () => {
      noted.dropped = performance.now()
      requestAnimationFrame(look)
    },
    { capture: true },
  )
}

/** Opens a network of a few thousand weights, and cuts it at its last feature map or its quarters' colours. */
async function openNetwork(page) {
  await page.evaluate(() => window.cutpoint.ready)
  await page.locator('input[type=file][multiple]').first().setInputFiles(network)
  await page.getByLabel('Stations').waitFor()
  await page.evaluate(async () => {
    const { cutpoint } = window
    await cutpoint.setBackend('wasm')
    const all = (await cutpoint.tensors()).filter(({ canCut }) => canCut)
    const wanted = all.find(({ name }) => name === 'flat/Reshape:0') ?? all.findLast(({ shape }) => shape?.length === 4)
    await cutpoint.cut(wanted.name)
    await cutpoint.setPreprocessing({ range: '0to1' })
  })
}

/** Drops a folder from disk, as a person would. */
async function drop(page, folder) {
  const target = page.getByTestId('photo-drop')
  await target.scrollIntoViewIfNeeded()
  const box = await target.boundingBox()
  const client = await page.context().newCDPSession(page)
  const at = { x: box.x + box.width / 2, y: box.y + Math.min(box.height / 2, 40) }
  const data = { items: [], files: [folder], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'])
    await client.send('Input.dispatchDragEvent', { type, ...at, data })
  await client.detach()
}

/** Until so many photos were taken in, and for a second more in which the page settles. */
async function taken(count) {
  let there = 0
  const off = window.cutpoint.on('images', (labels) => {
    there = labels.reduce((sum, { images }) => sum + images, 0)
  })
  while (there < count) await new Promise((resolve) => setTimeout(resolve, 50))
  off()
  const done = performance.now()
  await new Promise((resolve) => setTimeout(resolve, 1500))
  const { noted } = window
  const tasks = noted.tasks.filter(({ startTime, duration }) => startTime + duration > noted.dropped)
  noted.tasks = []
  return {
    ms: done - noted.dropped,
    shown: noted.shown - noted.dropped,
    tasks: tasks.map(({ duration }) => duration),
  }
}

async function wholeJob(url, folder, { labels, perLabel, trained }) {
  const browser = await chromium.launch({
    executablePath: findChromium() ?? undefined,
    args: ['--no-sandbox', '--enable-blink-features=ForceEagerMeasureMemory'],
  })
  const photos = labels * perLabel
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    page.on('crash', () => console.log(`  the tab crashed at ${labels} labels`))
    await page.addInitScript(watch)
    await page.goto(url)
    await openNetwork(page)
    const before = await memory(page)
    const waiting = page.evaluate(taken, photos)
    await drop(page, folder)
    const { ms, shown, tasks } = await waiting
    const longest = Math.max(0, ...tasks)
    const row = {
      labels,
      photos,
      s: rounded(ms / 1000),
      'ms/photo': rounded(ms / photos, 2),
      'shown ms': Math.round(shown),
      'tasks over 50': tasks.length,
      'over 100': tasks.filter((task) => task > 100).length,
      'longest ms': Math.round(longest),
      'photos MB': rounded((await memory(page)) - before),
    }
    return trained
      ? { ...row, ...(await report(page, before)), load: rounded(loadavg()[0]) }
      : { ...row, load: rounded(loadavg()[0]) }
  } finally {
    await browser.close()
  }
}

/** Trains, opens the report and scrolls through it. */
async function report(page, before) {
  const began = performance.now()
  await page.getByRole('button', { name: 'Train the head' }).click()
  await page.getByTestId('report').waitFor({ timeout: 900_000 })
  const seconds = (performance.now() - began) / 1000
  const trained = await memory(page)
  await page.getByTestId('report').getByRole('button', { name: 'Open the report' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('table').first().waitFor()
  await dialog.evaluate(async (element) => {
    for (const box of [element, ...element.querySelectorAll('*')].filter(
      (one) => one.scrollHeight > one.clientHeight + 200,
    )) {
      for (let step = 0; step <= 10; step++) {
        box.scrollTop = (step / 10) * box.scrollHeight
        await new Promise(requestAnimationFrame)
      }
    }
  })
  const elements = await page.evaluate(() => document.querySelectorAll('*').length)
  const tasks = await page.evaluate(() => window.noted.tasks.map(({ duration }) => duration))
  return {
    'train s': rounded(seconds),
    'trained MB': rounded(trained - before),
    'report MB': rounded((await memory(page)) - before),
    elements,
    'longest of report ms': Math.round(Math.max(0, ...tasks)),
  }
}

/** Megabytes of page and workers together. */
async function memory(page) {
  const client = await page.context().newCDPSession(page)
  await client.send('HeapProfiler.collectGarbage')
  await client.detach()
  return page.evaluate(async () => (await performance.measureUserAgentSpecificMemory()).bytes / 1e6)
}

const rounded = (value, digits = 1) => Number(value.toFixed(digits))
