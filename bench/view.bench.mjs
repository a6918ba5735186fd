// How the page behaves while a graph of 100,000 nodes is panned, zoomed, unfolded, folded and searched.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import { build } from 'vite'
import { findChromium } from '../tools/chromium.mjs'
import { madeModels, realModels } from './graphs.mjs'
import { serve } from '../tools/serve.mjs'

export const title = 'longest task, slow frames and boxes while a large graph is looked at'

const root = fileURLToPath(new URL('../', import.meta.url))

export async function run() {
  const folder = await mkdtemp(join(tmpdir(), 'cutpoint-view-'))
  const browser = await chromium.launch({ executablePath: findChromium() ?? undefined, args: ['--no-sandbox'] })
  await build({ root, logLevel: 'error' })
  const server = await serve(join(root, 'dist'), { isolated: true })
  try {
    const rows = []
    for (const model of [...realModels().slice(-1), ...(await madeModels(folder, [100_000]))]) {
      rows.push(...(await look(browser, server.url, model)))
    }
    return {
      rows,
      notes: [
        'Headless Chromium, 1440×900. Tasks: on the page, over 50 ms (0: none). Frames: times between animation frames while the action went on and until 0.6 s after the last change on the page.',
      ],
    }
  } finally {
    await browser.close()
    server.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Until nothing was drawn again for 0.6 s: animations and what is drawn piece by piece are over. */
async function quiet(page) {
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        const settle = () => {
          watcher.disconnect()
          resolve()
        }
        let timer = setTimeout(settle, 600)
        const watcher = new MutationObserver(() => {
          clearTimeout(timer)
          timer = setTimeout(settle, 600)
        })
        watcher.observe(document.body, { subtree: true, childList: true, attributes: true })
      }),
  )
}

/** Notes long tasks and the times between frames. */
function watch() {
  window.watched = { tasks: [], frames: [] }
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.watched.tasks.push(duration)
  }).observe({ type: 'longtask' })
  let last = performance.now()
  const frame = (now) => {
    window.watched.frames.push(now - last)
    last = now
    requestAnimationFrame(frame)
  }
  requestAnimationFrame(frame)
}

async function look(browser, url, model) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  await page.addInitScript(watch)
  await page.goto(url)
  await page.evaluate(() => window.cutpoint.ready)
  await page.locator('input[type=file][multiple]').first().setInputFiles(model.paths)
  await page.locator('[data-complete=true]').waitFor({ timeout: 120_000 })
  await quiet(page)

  const rows = []
  const measure = async (what, act) => {
    await page.evaluate(() => Object.assign(window.watched, { tasks: [], frames: [] }))
    const note = await act()
    await quiet(page)
    const { tasks, frames, boxes } = await page.evaluate(() => ({
      ...window.watched,
      boxes: document.querySelectorAll('.react-flow__node').length,
    }))
    rows.push({
      graph: model.name,
      what,
      'longest task ms': Math.round(Math.max(0, ...tasks)),
      'tasks over 50 ms': tasks.length,
      'frames over 33 ms': frames.filter((time) => time > 33).length,
      frames: frames.length,
      boxes,
      ...(note === undefined ? {} : { note }),
    })
  }

  const view = page.locator('.react-flow__pane')
  const { x, y, width, height } = await view.boundingBox()
  const middle = { x: x + width / 2, y: y + height / 2 }
  const pan = async () => {
    await page.mouse.move(middle.x, middle.y)
    for (let step = 0; step < 60; step++) await page.mouse.wheel(step % 20 < 10 ? 30 : -30, step < 30 ? 60 : -60)
  }
  await measure('pan', pan)
  await measure('zoom out and in', async () => {
    await page.keyboard.down('Control')
    for (let step = 0; step < 40; step++) await page.mouse.wheel(0, step < 20 ? 60 : -60)
    await page.keyboard.up('Control')
  })
  await measure('fit', await clickOn(page, page.getByRole('button', { name: 'Show the whole graph' })))
  const wanted = model.nodes ? 'sigmoid_7' : 'depthwise'
  await measure('search, letter by letter', async () => {
    await page.locator('input[type=search]').focus()
    const began = Date.now()
    await page.locator('input[type=search]').pressSequentially(wanted, { delay: 30 })
    await page.locator('[aria-busy=false] [role=option]').first().waitFor()
    return `found after ${Date.now() - began} ms of typing and waiting`
  })
  await measure('go to what was found', async () => {
    await page.keyboard.press('Enter')
    await page.locator('.react-flow__node').first().waitFor()
  })
  await page.keyboard.press('Escape')
  if (model.nodes) await lookIntoWideScope(page, measure, pan)
  await page.close()
  return rows
}

/** A click on what was found before: looking a button up by its name takes the page 40 ms, which a hand does not. */
async function clickOn(page, locator) {
  const { x, y, width, height } = await locator.boundingBox()
  return () => page.mouse.click(x + width / 2, y + height / 2)
}

/** The scope of 300 operations: shown, unfolded, everything in it unfolded, panned over, and folded again. */
async function lookIntoWideScope(page, measure, pan) {
  const wide = page.locator('[role=option]', { hasText: 'Block ×100' })
  await measure('go to the scope of 300', async () => {
    await page.locator('input[type=search]').fill('Block ×100')
    await wide.first().click()
  })
  // What was gone to has the keyboard and is selected, so that "all" means what is inside it.
  const unfoldInside = page.getByRole('button', { name: /^Unfold all inside .*×100/ })
  await unfoldInside.waitFor()
  await measure('unfold it', async () => {
    await page.locator('.react-flow__node[tabindex="0"]').focus()
    await page.keyboard.press('Enter')
  })
  await measure('unfold all inside', await clickOn(page, unfoldInside))
  await measure('pan over it', pan)
  await measure('fit', await clickOn(page, page.getByRole('button', { name: 'Show the whole graph' })))
  await measure('fold to the overview', await clickOn(page, page.getByRole('button', { name: 'Fold to the overview' })))
}
