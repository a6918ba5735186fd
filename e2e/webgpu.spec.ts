import { expect, test, type Page } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findChromium } from '../tools/chromium.mjs'
import type { BackendName, Prediction } from '../src/types'
import { sampleIndex, samplesFolder } from './support/data'
import { pickSmallNetwork } from './support/network'
import { openPage } from './support/page'

/** WebGPU in software, for machines without a GPU: right, but slow, hence the small network. */
test.use({
  launchOptions: {
    executablePath: findChromium() ?? undefined,
    args: [
      '--no-sandbox',
      '--disable-background-networking',
      '--enable-unsafe-webgpu',
      '--use-webgpu-adapter=swiftshader',
      '--enable-features=Vulkan',
    ],
  },
})

interface Run {
  readonly backend: BackendName
  readonly fromCache: number
  readonly count: number
  readonly predictions: Prediction[][]
}

async function trainOn(page: Page, backend: BackendName): Promise<Run> {
  await openPage(page)
  // What an earlier run in this browser left would come in again.
  await page.evaluate(() => window.cutpoint.reset())
  await pickSmallNetwork(page)
  const { labels, images, tryOut } = sampleIndex()
  const asUrl = (file: string): string =>
    `data:image/webp;base64,${readFileSync(join(samplesFolder, file)).toString('base64')}`
  const photos = labels.map((label) => ({
    label,
    urls: images
      .filter((image) => image.label === label && image.part === 'train')
      .slice(0, 12)
      .map(({ file }) => asUrl(file)),
  }))
  return page.evaluate(
    async ({ name, photos: sets, unseen }) => {
      const { cutpoint } = window
      await cutpoint.setBackend(name)
      const tensors = await cutpoint.tensors()
      const last = tensors.findLast((tensor) => tensor.canCut && tensor.shape?.length === 4)
      if (!last) throw new Error('no tensor to cut')
      await cutpoint.cut(last.name)
      await cutpoint.setPreprocessing({ range: 'minus1to1' })
      for (const { label, urls } of sets) await cutpoint.addImages(label, urls, { part: 'train' })
      const report = await cutpoint.train()
      const predictions = []
      for (const url of unseen) predictions.push(await cutpoint.predict(url))
      return {
        backend: report.backend,
        fromCache: report.features.fromCache,
        count: report.features.count,
        predictions,
      }
    },
    { name: backend, photos, unseen: tryOut.map(({ file }) => asUrl(file)) },
  )
}

test('a head trained on features computed on WebGPU says what one trained on wasm says', async ({ page }) => {
  test.setTimeout(240_000)
  const webgpu = await trainOn(page, 'webgpu')
  const wasm = await trainOn(page, 'wasm')

  expect(webgpu.backend).toBe('webgpu')
  expect(wasm.backend).toBe('wasm')
  expect(webgpu.fromCache).toBe(0)
  expect(webgpu.count).toBeGreaterThanOrEqual(36)

  const byLabel = (predictions: readonly Prediction[]): Map<string, number> =>
    new Map(predictions.map(({ label, probability }) => [label, probability]))
  const differences = webgpu.predictions.flatMap((predictions, photo) => {
    const other = byLabel(wasm.predictions[photo])
    return predictions.map(({ label, probability }) => Math.abs(probability - (other.get(label) ?? Infinity)))
  })
  console.log(`WebGPU against wasm: largest difference of a probability ${Math.max(...differences).toExponential(1)}`)
  expect(Math.max(...differences)).toBeLessThanOrEqual(1e-3)
  // The pictures must not all get the same answer, or the comparison would prove nothing.
  const firsts = new Set(webgpu.predictions.map(([best]) => `${best.label} ${best.probability.toFixed(2)}`))
  expect(firsts.size).toBeGreaterThan(2)
})

test('last layers that learn on WebGPU come to what they come to on the processor', async ({ page }) => {
  test.setTimeout(240_000)
  await trainOn(page, 'webgpu')
  const trained = await page.evaluate(async () => {
    const found = []
    for (const by of ['backend', 'processor', undefined] as const) {
      const began = performance.now()
      const { tail, backend } = await window.cutpoint.train({
        head: { kind: 'linear' },
        tail: { layers: 2, epochs: 3, patience: 0, learningRate: 0.0003, by },
      })
      found.push({ tail, backend, ms: performance.now() - began })
    }
    return found
  })
  const [backend, processor, quicker] = trained.map(({ tail }) => tail)
  console.log(
    `last layers by WebGPU ${trained[0].ms} ms, by the processor ${trained[1].ms}, by the quicker ${trained[2].ms}`,
  )
  expect(trained.map((each) => each.backend)).toEqual(['webgpu', 'webgpu', 'webgpu'])
  expect(processor?.after.loss).not.toBe(processor?.before.loss)
  expect(Math.abs((backend?.after.loss ?? 0) / (processor?.after.loss ?? 1) - 1)).toBeLessThan(1e-3)
  // A GPU in software is not the quicker one: what comes out is the processor's to the bit.
  expect(quicker?.after).toEqual(processor?.after)
  expect(backend?.after).not.toEqual(processor?.after)
})
