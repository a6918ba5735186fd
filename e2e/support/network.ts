import { expect, type Page } from '@playwright/test'
import { resolve } from 'node:path'
import { filesIn } from './data'

/** The files of a small network of the fixtures. */
export const smallNetwork = filesIn(resolve('src/formats/fixtures/cnn-float32')).filter((file) =>
  /model\.json$|\.bin$/.test(file),
)

/** Waits until the model that was given is open: it is drawn before that. */
export async function untilOpen(page: Page): Promise<void> {
  await expect(page.getByLabel('Stations')).toBeVisible({ timeout: 30_000 })
  const isOpen = (): Promise<boolean> =>
    window.cutpoint.preprocessing().then(
      () => true,
      (error: unknown) => !(error instanceof Error && 'code' in error && error.code === 'no-model'),
    )
  await expect.poll(() => page.evaluate(isOpen), { timeout: 60_000 }).toBe(true)
}

/** Picks the small network by hand, and waits until it is open. */
export async function pickSmallNetwork(page: Page): Promise<void> {
  await page.locator('input[type=file][multiple]').first().setInputFiles(smallNetwork)
  await untilOpen(page)
}

/** Opens the small network by hand, and cuts it at its last feature map. */
export async function openSmallNetwork(page: Page): Promise<void> {
  await pickSmallNetwork(page)
  await page.evaluate(async () => {
    const { cutpoint } = window
    await cutpoint.setBackend('wasm')
    const last = (await cutpoint.tensors()).findLast((tensor) => tensor.canCut && tensor.shape?.length === 4)
    if (!last) throw new Error('no tensor to cut')
    await cutpoint.cut(last.name)
    await cutpoint.setPreprocessing({ range: 'minus1to1' })
  })
}
