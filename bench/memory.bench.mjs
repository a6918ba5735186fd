// The renderer's memory while a network of VGG16's real size (a frozen .pb of 553 MB) is opened from a file field, cut at its
// last pool, and run on two pictures. Linux only: memory is read from /proc.
import { readFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import { build } from 'vite'
import { findChromium } from '../tools/chromium.mjs'
import { serve } from '../tools/serve.mjs'
import { writeVgg16 } from './vgg16.mjs'

export const title = 'memory of the page’s process against the size of the file, VGG16 as a frozen .pb'

const root = fileURLToPath(new URL('../', import.meta.url))
const cut = 'block5/pool:0'
const every = 50

export async function run() {
  if (process.platform !== 'linux') return { rows: [], notes: ['Reads /proc, which only Linux has.'] }
  const folder = await mkdtemp(join(tmpdir(), 'cutpoint-memory-'))
  // The build can be one that is there: CUTPOINT_DIST=folder
  const dist = process.env.CUTPOINT_DIST ?? join(root, 'dist')
  if (!process.env.CUTPOINT_DIST) await build({ root, logLevel: 'error' })
  const server = await serve(dist, { isolated: true })
  const browser = await chromium.launch({ executablePath: findChromium() ?? undefined, args: ['--no-sandbox'] })
  try {
    const file = join(folder, 'vgg16.pb')
    const bytes = await writeVgg16(file)
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    await page.goto(server.url)
    await page.evaluate(async () => {
      await window.cutpoint.ready
      await window.cutpoint.setBackend('wasm')
    })
    const rows = []
    const step = async (name, work) => rows.push({ step: name, ...(await watched(browser, bytes, work)) })
    // Looked at for a second: what the others are compared with.
    await step('empty page', () => page.waitForTimeout(1000))
    await step('open', async () => {
      const opened = page.evaluate(
        () => new Promise((resolve) => window.cutpoint.on('model', (summary) => resolve(summary))),
      )
      await page.locator('input[type=file][multiple]').first().setInputFiles(file)
      await opened
    })
    await step(`cut at ${cut}`, () => page.evaluate((tensor) => window.cutpoint.cut(tensor), cut))
    await step('features of 2 pictures', () => page.evaluate(featuresOfTwo))
    return { rows, notes }
  } finally {
    await browser.close()
    server.close()
    await rm(folder, { recursive: true, force: true })
  }
}

const notes = [
  `Resident memory of all renderer processes together (VmRSS less what is shared files), read every ${every} ms; headless Chromium, wasm. “of the file” is the highest against the file’s size.`,
  'The cut leaves out the three dense layers: what runs has 59 MB of weights.',
]

/** Runs in the page. */
async function featuresOfTwo() {
  const picture = (hue) => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 64, height: 64 })
    const context = canvas.getContext('2d')
    context.fillStyle = `hsl(${hue} 80% 50%)`
    context.fillRect(0, 0, 40, 64)
    return new Promise((resolve) => canvas.toBlob(resolve))
  }
  const { cutpoint } = window
  await cutpoint.addImages('a', [await picture(0), await picture(200)])
  const { shape, data } = await cutpoint.features()
  if (shape[0] !== 2 || data.slice(0, shape[1]).every((value, i) => value === data[shape[1] + i])) {
    throw new Error('the two pictures should differ')
  }
}

/** Runs `work` and reads the renderers' memory meanwhile. */
async function watched(browser, fileBytes, work) {
  const client = await browser.newBrowserCDPSession()
  const { processInfo } = await client.send('SystemInfo.getProcessInfo')
  const renderers = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id)
  let most = 0
  let last = 0
  const look = async () => {
    last = (await Promise.all(renderers.map(residentBytes))).reduce((a, b) => a + b, 0)
    most = Math.max(most, last)
  }
  const timer = setInterval(() => void look(), every)
  const began = performance.now()
  try {
    await work()
    await look()
  } finally {
    clearInterval(timer)
    await client.detach()
  }
  return {
    seconds: ((performance.now() - began) / 1000).toFixed(1),
    'highest MB': Math.round(most / 1e6),
    'of the file': (most / fileBytes).toFixed(2),
    'afterwards MB': Math.round(last / 1e6),
  }
}

async function residentBytes(id) {
  try {
    const status = await readFile(`/proc/${id}/status`, 'utf8')
    const kilobytes = (name) => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1] ?? 0)
    return 1024 * (kilobytes('VmRSS') - kilobytes('RssFile'))
  } catch {
    return 0
  }
}
