// 100 and 1,000 photos in ten labels through the whole job: open, cut, add, train, and train again.
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import { build } from 'vite'
import { findChromium } from '../tools/chromium.mjs'
import { serve } from '../tools/serve.mjs'

export const title = 'memory, longest task and time per photo, with 100 and with 1,000 photos'

const root = fileURLToPath(new URL('../', import.meta.url))
const photos = resolve(root, '../shared/images/clothing/train')
// Others for a quick look: CUTPOINT_PHOTOS=20,60 npm run bench -- thousand
const counts = (process.env.CUTPOINT_PHOTOS ?? '100,1000').split(',').map(Number)

export async function run() {
  if (!existsSync(photos)) return { rows: [], notes: ['Needs the photos of ../shared/images/clothing.'] }
  const folder = await mkdtemp(join(tmpdir(), 'cutpoint-thousand-'))
  // The build can be one that is there: CUTPOINT_DIST=folder
  const dist = process.env.CUTPOINT_DIST ?? join(root, 'dist')
  if (!process.env.CUTPOINT_DIST) await build({ root, logLevel: 'error' })
  const server = await serve(dist, { isolated: true })
  try {
    const rows = []
    for (const count of counts) {
      const made = await makePhotos(join(folder, String(count)), count)
      rows.push(await wholeJob(server.url, made, count))
    }
    return { rows, notes: [...compare(rows), ...explain] }
  } finally {
    server.close()
    await rm(folder, { recursive: true, force: true })
  }
}

const explain = [
  'Headless Chromium, 1440×900, a profile of its own for each row. Photos: ../shared/images/clothing, each again with another comment in the JPEG, so that every file is another one to the page; picked as one folder of ten.',
  'memory: page and workers together (performance.measureUserAgentSpecificMemory, after its garbage collection); before: with the network open and cut; after: once trained. page: the page’s own JavaScript heap. files handed over: the browser’s own work on the picked files, before the page hears of them. task: longest on the page after that (0: none over 50 ms, but where it began with the handing over).',
]

function compare(rows) {
  if (rows.length < 2) return []
  const [few, many] = [rows[0], rows[rows.length - 1]]
  const share = (column) => (many[column] / few[column]).toFixed(2)
  return [
    `Time per photo at ${many.photos}: taken in ${share('intake ms/photo')}, features ${share('features ms/photo')} of that at ${few.photos} (1.10 is what may be).`,
  ]
}

/** `count` photos in ten folders, every file with its own bytes. */
async function makePhotos(folder, count) {
  const labels = (await readdir(photos)).sort().slice(0, 10)
  for (const [index, label] of labels.entries()) {
    const files = (await readdir(join(photos, label))).sort()
    await mkdir(join(folder, label), { recursive: true })
    const own = Math.floor(count / labels.length) + (index < count % labels.length ? 1 : 0)
    for (let number = 0; number < own; number++) {
      const bytes = await readFile(join(photos, label, files[number % files.length]))
      await writeFile(join(folder, label, `${number}.jpg`), withComment(bytes, `${label} ${number}`))
    }
  }
  return folder
}

/** The JPEG with a comment right after its first marker. */
function withComment(jpeg, text) {
  const comment = Buffer.from(createHash('sha256').update(text).digest('hex'))
  const segment = Buffer.from([0xff, 0xfe, 0, comment.length + 2])
  return Buffer.concat([jpeg.subarray(0, 2), segment, comment, jpeg.subarray(2)])
}

/** Notes long tasks, and when the page hears of the files that were picked. */
function watch() {
  window.tasks = []
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) window.tasks.push({ startTime, duration })
  }).observe({ type: 'longtask' })
  document.addEventListener('change', () => (window.picked = performance.now()), { capture: true })
}

/** The longest of the tasks noted, and apart from it the one in which the browser hands over the files, up to where the page hears of it. */
async function takeTasks(page) {
  const { tasks, picked } = await page.evaluate(() => {
    const noted = { tasks: window.tasks, picked: window.picked ?? -1 }
    window.tasks = []
    return noted
  })
  const isPick = ({ startTime, duration }) => startTime <= picked && picked <= startTime + duration
  const pick = tasks.find(isPick)
  const others = tasks.filter((task) => task !== pick).map(({ duration }) => duration)
  const afterPick = pick ? pick.startTime + pick.duration - picked : 0
  return { handing: pick ? picked - pick.startTime : 0, longest: Math.max(0, afterPick, ...others) }
}

/** Until so many photos were taken in. */
async function taken(count) {
  const there = async () => (await window.cutpoint.labels()).reduce((sum, { images }) => sum + images, 0)
  while ((await there()) < count) await new Promise((resolve) => setTimeout(resolve, 100))
}

async function wholeJob(url, folder, count) {
  const executablePath = findChromium() ?? undefined
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    await page.addInitScript(watch)
    await page.goto(url)
    await page.evaluate(async () => {
      const { cutpoint } = window
      await cutpoint.ready
      const { suggestedCut } = await cutpoint.open('models/efficientnet-lite0/model.json')
      await cutpoint.cut(suggestedCut)
    })
    const before = await memory(page)
    await takeTasks(page)

    const began = performance.now()
    await page.locator('input[type=file][webkitdirectory]').last().setInputFiles(folder)
    await page.evaluate(taken, count)
    const intake = performance.now() - began
    const intakeTasks = await takeTasks(page)

    const { report, total, again } = await page.evaluate(async () => {
      const start = performance.now()
      const first = await window.cutpoint.train()
      const middle = performance.now()
      await window.cutpoint.train()
      return { report: first, total: middle - start, again: performance.now() - middle }
    })
    const trainTasks = await takeTasks(page)
    const after = await memory(page)
    return {
      photos: count,
      'memory before MB': megabytes(before.all),
      'memory after MB': megabytes(after.all),
      'page before MB': megabytes(before.page),
      'page after MB': megabytes(after.page),
      'intake ms/photo': rounded(intake / count),
      'features ms/photo': rounded((report.features.ms + report.decodeMs) / count),
      'train s': rounded(total / 1000),
      'train again ms': Math.round(again),
      'files handed over ms': Math.round(intakeTasks.handing),
      'task of intake ms': Math.round(intakeTasks.longest),
      'task of training ms': Math.round(trainTasks.longest),
      accuracy: rounded((report.accuracy[report.confusion.part] ?? 0) * 100),
    }
  } finally {
    await browser.close()
  }
}

/** Bytes of page and workers together, and of the page's own JavaScript. */
async function memory(page) {
  const client = await page.context().newCDPSession(page)
  await client.send('HeapProfiler.collectGarbage')
  await client.send('Performance.enable')
  const { metrics } = await client.send('Performance.getMetrics')
  await client.detach()
  const all = await page.evaluate(async () => (await performance.measureUserAgentSpecificMemory()).bytes)
  return { all, page: metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0 }
}

const rounded = (value) => Math.round(value * 10) / 10
const megabytes = (bytes) => rounded(bytes / 1e6)
