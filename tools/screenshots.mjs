// Takes the pictures of the graph view that are in docs/: three graphs, folded and half unfolded, light and dark, on a wide and
// a narrow screen. Needs the built page (`npm run build`) and the models named below; run `node tools/screenshots.mjs`.
import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import { saveWebp } from './save-webp.mjs'
import { serve } from './serve.mjs'
import { findChromium } from './chromium.mjs'

const root = fileURLToPath(new URL('../', import.meta.url))
const shared = join(root, '../shared/models/tfjs')
const target = join(root, 'docs/graphs')
const screens = [
  { name: 'wide', width: 1440, height: 900 },
  { name: 'narrow', width: 390, height: 844 },
]
const models = [
  { name: 'efficientnet-lite0', address: 'models/efficientnet-lite0/model.json' },
  ...['movenet-lightning', 'facemesh-attention'].map((name) => ({
    name,
    paths: [join(shared, `${name}.json`), join(shared, `${name}.bin`)],
  })),
].filter(({ paths = [] }) => paths.every((path) => existsSync(path)))

const server = await serve(join(root, 'dist'), { isolated: true })
const browser = await chromium.launch({ executablePath: findChromium() ?? undefined, args: ['--no-sandbox'] })
await mkdir(target, { recursive: true })
for (const model of models) {
  for (const scheme of ['light', 'dark']) {
    for (const screen of screens) await picture(model, scheme, screen)
  }
}
await browser.close()
server.close()

async function picture(model, scheme, { name, width, height }) {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme: scheme, reducedMotion: 'reduce' })
  await page.goto(model.address ? `${server.url}#model=${model.address}` : server.url)
  if (model.paths) await page.locator('input[type=file][multiple]').first().setInputFiles(model.paths)
  await page.locator('[data-complete=true]').waitFor({ timeout: 60_000 })
  await settled(page)
  await saveWebp(page, join(target, `${model.name}-folded-${scheme}-${name}.webp`))
  for (let step = 0; step < 3; step++) {
    const mark = page.locator('.react-flow__node[aria-expanded=false]').nth(1)
    if ((await mark.count()) === 0) break
    await mark.focus()
    await page.keyboard.press('Enter')
    await settled(page)
  }
  await saveWebp(page, join(target, `${model.name}-unfolded-${scheme}-${name}.webp`))
  await page.close()
}

/** Waits until nothing on the page has moved for a few frames. */
async function settled(page) {
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        let [last, quiet] = ['', 0]
        const look = () => {
          const now = `${document.querySelector('.react-flow__viewport')?.style.transform} ${document.querySelectorAll('.react-flow__node').length}`
          quiet = now === last ? quiet + 1 : 0
          last = now
          if (quiet > 30) resolve()
          else requestAnimationFrame(look)
        }
        look()
      }),
  )
}
