// From files picked in the page to a drawn graph that answers, in Cutpoint and in Netron (Python's package `netron`, if the
// interpreter that CUTPOINT_PYTHON names has it), the same files, in one run of headless Chromium.
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { env } from 'node:process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { chromium } from '@playwright/test'
import { build } from 'vite'
import { findChromium } from '../tools/chromium.mjs'
import { madeModels, realModels } from './graphs.mjs'
import { serve } from '../tools/serve.mjs'

export const title = 'seconds from files in hand to a graph that is drawn and answers'

const root = fileURLToPath(new URL('../', import.meta.url))
const repeats = 3
/** A page that has not drawn after this is given up, in milliseconds. */
const patience = 60_000
/** Frames without a new box after which no more are expected. */
const framesStill = 6
const sizes = [10_000, 50_000, 100_000]

export async function run() {
  const folder = await mkdtemp(join(tmpdir(), 'cutpoint-open-'))
  const browser = await chromium.launch({ executablePath: findChromium() ?? undefined, args: ['--no-sandbox'] })
  const servers = []
  try {
    await build({ root, logLevel: 'error' })
    const own = await serve(join(root, 'dist'), { isolated: true })
    servers.push(own)
    const netron = await netronFolder()
    const peer = netron && (await serve(netron))
    if (peer) servers.push(peer)
    const rows = []
    for (const model of [...realModels(), ...(await madeModels(folder, sizes))]) {
      const ours = await times(() => openInCutpoint(browser, own.url, model.paths), repeats)
      const large = model.nodes >= 50_000
      // What it does not draw within a minute needs no repeats.
      const theirs = peer ? await times(() => openInNetron(browser, peer.url, model.paths), large ? 1 : repeats) : null
      rows.push(row(model, ours, theirs))
      console.log(JSON.stringify(rows.at(-1)))
    }
    return { rows, notes: notes(peer !== null) }
  } finally {
    await browser.close()
    for (const server of servers) server.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Times of opening the files given, in Cutpoint at `url` and, where it is installed, in Netron. */
export async function openingTimes(browser, url, paths) {
  const folder = await netronFolder()
  const peer = folder && (await serve(folder))
  try {
    const ours = await times(() => openInCutpoint(browser, url, paths), repeats)
    const theirs = peer ? await times(() => openInNetron(browser, peer.url, paths), repeats) : null
    return { ours, theirs }
  } finally {
    if (peer) peer.close()
  }
}

function row(model, ours, theirs) {
  const seconds = (ms) => (ms === null ? `not within ${patience / 1000}` : (ms / 1000).toFixed(2))
  return {
    graph: model.name,
    ...(model.operations === undefined ? {} : { operations: model.operations }),
    'Cutpoint s': seconds(ours.median),
    'longest task after ms': ours.worst === null ? '' : Math.round(ours.worst),
    'all known s': seconds(ours.known),
    boxes: ours.boxes,
    ...(theirs ? { 'Netron s': seconds(theirs.median), share: share(ours.median, theirs.median) } : {}),
  }
}

const share = (ours, theirs) =>
  ours === null ? '' : `${theirs === null ? '< ' : ''}${(ours / (theirs ?? patience)).toFixed(2)}`

function notes(hasNetron) {
  return [
    `Median of ${repeats} (Netron over 50,000 nodes: 1), each in a page of its own at 1440×900. From the change event of the file field to the frame after the one in which the last box came; then none comes for ${framesStill} frames, none of which takes 100 ms.`,
    '“all known”: shapes, costs and cuts are there too. “longest task after”: on the page, from the drawn graph until then.',
    ...(hasNetron ? [] : ['Netron was not there: set CUTPOINT_PYTHON to a Python that has the package `netron`.']),
  ]
}

async function netronFolder() {
  try {
    const script = 'import netron; print(netron.__file__)'
    return dirname((await promisify(execFile)(env.CUTPOINT_PYTHON ?? 'python3', ['-c', script])).stdout.trim())
  } catch {
    return null
  }
}

async function times(open, count) {
  const found = []
  for (let i = 0; i < count; i++) found.push(await open())
  const median = (key) => found.map((one) => one[key] ?? Infinity).sort((a, b) => a - b)[Math.floor(found.length / 2)]
  const orNull = (value) => (value === Infinity ? null : value)
  return {
    median: orNull(median('drawn')),
    known: orNull(median('known')),
    worst: orNull(median('worst')),
    boxes: found[0].boxes,
  }
}

/** Notes when files were picked, when boxes are on screen and the page answers, and tasks over 50 ms after that. */
function watch({ boxes, known, framesStill }) {
  // Netron takes `eval` away, which Playwright asks its questions with.
  const own = window.eval
  Object.defineProperty(window, 'eval', { get: () => own, set() {} })
  const seen = { picked: null, drawn: null, known: null, boxes: 0, tasks: [] }
  window.seen = seen
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) seen.tasks.push({ startTime, duration })
  }).observe({ type: 'longtask' })
  let last = 0
  // Boxes may come over several frames: drawn is when the last of them came.
  let still = 0
  let settled = 0
  const frame = (now) => {
    const count = document.querySelectorAll(boxes).length
    still = count > 0 && count === seen.boxes && now - last < 100 ? still + 1 : 0
    if (still === 1) settled = performance.now()
    if (seen.drawn === null) seen.boxes = count
    if (seen.drawn === null && still === framesStill) seen.drawn = settled
    last = now
    if (seen.drawn !== null && seen.known === null && document.querySelector(known)) seen.known = performance.now()
    requestAnimationFrame(frame)
  }
  document.addEventListener(
    'change',
    () => {
      seen.picked = performance.now()
      requestAnimationFrame(frame)
    },
    { capture: true, once: true },
  )
}

async function openIn(browser, url, paths, { input, boxes, known, before }) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  try {
    const page = await context.newPage()
    await context.addCookies([{ name: 'consent', value: '1', url }])
    await page.addInitScript(watch, { boxes, known, framesStill })
    await page.goto(url)
    await before(page)
    await page.locator(input).first().setInputFiles(paths)
    const done = () => page.waitForFunction(() => window.seen.known !== null, null, { timeout: patience })
    await done().catch(() => undefined)
    // A page that is busy for ever does not answer at all.
    const seen = await Promise.race([
      page.evaluate(() => window.seen),
      new Promise((resolve) =>
        setTimeout(() => resolve({ picked: 0, drawn: null, known: null, boxes: 0, tasks: [] }), 10_000),
      ),
    ])
    const after = seen.tasks.filter((task) => seen.drawn !== null && task.startTime > seen.drawn)
    return {
      drawn: seen.drawn === null ? null : seen.drawn - seen.picked,
      known: seen.known === null ? null : seen.known - seen.picked,
      worst: Math.max(0, ...after.map((task) => task.duration)),
      boxes: seen.boxes,
    }
  } finally {
    await context.close()
  }
}

const openInCutpoint = (browser, url, paths) =>
  openIn(browser, url, paths, {
    input: 'input[type=file][multiple]',
    boxes: '.react-flow__node',
    known: '[data-complete=true]',
    before: async (page) => {
      await page.evaluate(() => window.cutpoint.ready)
      // The graph view is fetched while the first page is read.
      await page.waitForLoadState('networkidle')
    },
  })

const openInNetron = (browser, url, paths) =>
  openIn(browser, url, paths, {
    input: '#open-file-dialog',
    boxes: 'body.default #target .node',
    known: 'body.default #target .node',
    before: (page) => page.locator('body.welcome:not(.spinner)').waitFor(),
  })
