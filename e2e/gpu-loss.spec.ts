import { expect, test, type Page } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { softwareWebGpu } from '../playwright.config'
import { findChromium } from '../tools/chromium.mjs'
import { sampleIndex, samplesFolder } from './support/data'
import { openSmallNetwork } from './support/network'
import { openPage } from './support/page'

test.use({
  launchOptions: {
    executablePath: findChromium() ?? undefined,
    args: ['--no-sandbox', '--disable-background-networking', ...softwareWebGpu],
  },
})

interface Recording {
  losers: (() => void)[]
}

/** Keeps what loses the graphics processors that a worker gets; runs in it before all else. */
function record(): void {
  const recording = self as unknown as Recording
  recording.losers = []
  const getContext: unknown = Reflect.get(OffscreenCanvas.prototype, 'getContext')
  OffscreenCanvas.prototype.getContext = function (this: OffscreenCanvas, ...args: unknown[]): unknown {
    const context: unknown = Reflect.apply(getContext as () => unknown, this, args)
    if (context instanceof WebGL2RenderingContext) {
      recording.losers.push(() => context.getExtension('WEBGL_lose_context')?.loseContext())
    }
    return context
  } as OffscreenCanvas['getContext']
  if (!('gpu' in navigator)) return
  const requestDevice: unknown = Reflect.get(GPUAdapter.prototype, 'requestDevice')
  GPUAdapter.prototype.requestDevice = async function (this: GPUAdapter, ...args: unknown[]) {
    const device = (await Reflect.apply(requestDevice as () => unknown, this, args)) as GPUDevice
    recording.losers.push(() => device.destroy())
    return device
  }
}

/** Has each compute worker keep what loses its graphics processor. */
async function recordGpus(page: Page): Promise<void> {
  await page.route(/\/compute\.worker[^/]*\.js$/, async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, body: `(${String(record)})()\n${await response.text()}` })
  })
}

/** Loses the graphics processor of the compute worker that is there, once that has one. */
async function lose(page: Page): Promise<void> {
  const lost = async (): Promise<number> => {
    const worker = page.workers().findLast((one) => one.url().includes('compute.worker'))
    const loseAll = (): number => {
      const { losers } = self as unknown as Recording
      losers.forEach((loses) => loses())
      return losers.length
    }
    return (await worker?.evaluate(loseAll)) ?? 0
  }
  await expect.poll(lost).toBeGreaterThan(0)
}

for (const backend of ['webgl', 'webgpu'] as const) {
  test(`${backend} lost while it waits or trains, twice in a row, gives the same; lost again, another is taken`, async ({
    page,
  }) => {
    test.setTimeout(360_000)
    await recordGpus(page)
    await openPage(page)
    await openSmallNetwork(page)
    const index = sampleIndex()
    const asUrl = (file: string): string =>
      `data:image/webp;base64,${readFileSync(join(samplesFolder, file)).toString('base64')}`
    const sets = index.labels.slice(0, 2).map((label) => ({
      label,
      urls: index.images
        .filter((image) => image.label === label)
        .slice(0, 6)
        .map(({ file }) => asUrl(file)),
    }))
    const photo = asUrl(index.tryOut[0].file)
    const predict = () => page.evaluate((tried) => window.cutpoint.predict(tried), photo)
    await page.evaluate(
      async ({ name, sets: all }) => {
        await window.cutpoint.setBackend(name)
        for (const { label, urls } of all) await window.cutpoint.addImages(label, urls, { part: 'train' })
        await window.cutpoint.train()
      },
      { name: backend, sets },
    )
    const said = await predict()
    const expectSame = async (): Promise<void> => {
      const now = await predict()
      now.forEach(({ label, probability }) =>
        expect(probability).toBeCloseTo(said.find((one) => one.label === label)?.probability ?? -1, 3),
      )
    }
    await lose(page)
    await expectSame()
    expect((await page.evaluate(() => window.cutpoint.backend())).name).toBe(backend)

    const training = page.evaluate(async () => {
      await window.cutpoint.setPreprocessing({ fit: 'stretch' })
      return (await window.cutpoint.train()).backend
    })
    await lose(page)
    expect(await training).toBe(backend)
    await page.evaluate(async () => {
      await window.cutpoint.setPreprocessing({ fit: 'crop' })
      await window.cutpoint.train()
    })
    await expectSame()

    await lose(page)
    await expect(page.getByText(/The graphics processor is lost again and again: now on \w+ instead of/)).toBeVisible()
    await expectSame()
    expect((await page.evaluate(() => window.cutpoint.backend())).name).not.toBe(backend)
    await expect(page.getByRole('alert')).toHaveCount(0)
  })
}
