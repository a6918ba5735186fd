import { expect, test, type Page } from '@playwright/test'
import { findChromium } from '../tools/chromium.mjs'
import { softwareWebGpu } from '../playwright.config'
import { buildEntry, openEntry, type BuiltEntry } from './support/entry'
import type * as TailEntry from './support/tail.entry'

test.use({
  launchOptions: { executablePath: findChromium() ?? undefined, args: ['--no-sandbox', ...softwareWebGpu] },
})

let entry: BuiltEntry
test.beforeAll(async () => {
  entry = await buildEntry('tail.entry.ts')
})

const open = (page: Page): Promise<void> => openEntry(page, entry, { beside: 'src/compute/tail/fixtures' })

/** A GPU in software compiles for each case: the other backend has a share of them. `CUTPOINT_ALL` asks for all. */
const isWhole = process.env.CUTPOINT_ALL !== undefined
const targets = [
  { backend: 'webgpu', every: 1, networks: ['residual', 'inverted'] },
  { backend: 'webgl', every: isWhole ? 1 : 4, networks: ['excited'] },
] as const
const all = ['residual', 'inverted', 'dense-block', 'excited']

for (const { backend, every, networks: some } of targets) {
  const networks = isWhole ? all : some

  test(`slopes by ${backend} are TensorFlow's, or are not used`, async ({ page }) => {
    test.setTimeout(300_000)
    await open(page)
    const found = await page.evaluate(
      async ({ name, one }) => {
        const { slopesOn } = (await import(new URL('entry.js', location.href).href)) as typeof TailEntry
        return slopesOn(name, one)
      },
      { name: backend, one: every },
    )
    const used = found.filter(({ lacks }) => lacks === null)
    console.log(`${backend}: slopes of ${used.length} of ${found.length} cases are used`)
    expect(found.length).toBeGreaterThan(140 / every)
    expect(used.length).toBeGreaterThan(100 / every)
    expect(used.filter(({ apart }) => !(apart < 1e-4))).toEqual([])
  })

  test(`small networks learn on ${backend} as Keras has them learn`, async ({ page }) => {
    test.setTimeout(300_000)
    await open(page)
    const found = await page.evaluate(
      async ({ name, names }) => {
        const { learntOn } = (await import(new URL('entry.js', location.href).href)) as typeof TailEntry
        return learntOn(name, names)
      },
      { name: backend, names: networks },
    )
    for (const { name, lacks, lossApart, changeApart, adamLossApart, ms, processorMs } of found) {
      const apart = [lossApart, changeApart, adamLossApart].map((each) => each.toExponential(1)).join(', ')
      console.log(
        `${name} on ${backend}: ${apart}; a step ${ms.toFixed(1)} ms, on the processor ${processorMs.toFixed(1)}`,
      )
      expect(lacks).toBe(null)
      expect(lossApart).toBeLessThan(1e-3)
      expect(changeApart).toBeLessThan(name === 'inverted' ? 5e-2 : 1e-2)
      expect(adamLossApart).toBeLessThan(1e-2)
    }
    expect(found).toHaveLength(networks.length)
  })
}
