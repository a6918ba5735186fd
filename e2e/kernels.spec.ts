import { expect, test, type Page } from '@playwright/test'
import { writeFileSync } from 'node:fs'
import { findChromium } from '../tools/chromium.mjs'
import { softwareWebGpu } from '../playwright.config'
import type { BackendName } from '../src/types'
import type * as KernelsEntry from './support/kernels.entry'
import { buildEntry, openEntry, type BuiltEntry } from './support/entry'

test.use({
  launchOptions: { executablePath: findChromium() ?? undefined, args: ['--no-sandbox', ...softwareWebGpu] },
})

let entry: BuiltEntry
test.beforeAll(async () => {
  entry = await buildEntry('kernels.entry.ts')
})

/**
 * `npm run kernels` runs all; here a GPU in software, which compiles for each, has the first two of each operation, and
 * those for which it has programs of its own or that it once refused, each before others.
 */
const folder = process.env.KERNELS_OUT
const all = 10_000
const few = folder === undefined ? 2 : all

const also =
  /\/(empty|no_batch|nothing_to_add|whole_picture|whole_small_\d_s1|long|long_Relu|packed|rank5\w*|larger_4to36_k3_s1\w*|\w+_sigma_0\.5)$/
    .source

const targets = [
  { title: 'cpu', backend: 'cpu', isolated: false, perOp: all },
  { title: 'wasm', backend: 'wasm', isolated: false, perOp: all },
  { title: 'wasm, threads', backend: 'wasm', isolated: true, perOp: few },
  { title: 'webgl', backend: 'webgl', isolated: false, perOp: few },
  { title: 'webgpu', backend: 'webgpu', isolated: false, perOp: few },
] as const

/** A page's share: what a device in software is asked before it is given up by itself. */
const share = 200

for (const { title, backend, isolated, perOp } of targets) {
  test(`operations give what TensorFlow gives, or are refused by name, on ${title}`, async ({ page }) => {
    test.setTimeout(600_000)
    // With fewer there would be one thread, and wasm would not start its threaded build.
    if (isolated)
      await page.addInitScript(() => Object.defineProperty(Navigator.prototype, 'hardwareConcurrency', { value: 4 }))
    const outcomes: KernelsEntry.CaseOutcome[] = []
    for (let isEnd = false; !isEnd;) {
      await openEntry(page, entry, { beside: 'src/compute/conformance/fixtures', isolated })
      const from = outcomes.length
      const some = await runSome(page, backend, { perOp, also, from, to: from + share })
      expect(some.isolated).toBe(isolated)
      outcomes.push(...some.outcomes)
      isEnd = some.isEnd
    }
    const counted = (kind: string): number => outcomes.filter((outcome) => outcome.kind === kind).length
    console.log(
      `${title}: ${outcomes.length} cases, ${counted('right')} right, ${counted('refused')} refused, ${counted('limit')} limits`,
    )
    if (folder !== undefined) writeFileSync(`${folder}/${title}.json`, JSON.stringify(outcomes))
    expect(outcomes.length).toBeGreaterThan(300)
    // Limits are those of docs/kernels.md, and each goes wrong in the way that stands there.
    expect(outcomes.filter(({ kind }) => kind === 'wrong' || kind === 'failed' || kind === 'stale')).toEqual([])
  })
}

async function runSome(
  page: Page,
  backend: BackendName,
  chosen: KernelsEntry.Chosen,
): Promise<{ outcomes: KernelsEntry.CaseOutcome[]; isEnd: boolean; isolated: boolean }> {
  return page.evaluate(
    async ({ name, cases }) => {
      const address = new URL('entry.js', location.href).href
      const { runSome } = (await import(address)) as typeof KernelsEntry
      return { ...(await runSome(name, cases)), isolated: self.crossOriginIsolated }
    },
    { name: backend, cases: chosen },
  )
}
