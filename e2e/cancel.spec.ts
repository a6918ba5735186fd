import { expect, test, type Page } from '@playwright/test'
import { join } from 'node:path'
import { sampleIndex, samplesFolder } from './support/data'
import { dropPaths } from './support/drop'
import { openPage } from './support/page'

const index = sampleIndex()

async function addTwoLabels(page: Page, photosEach: number): Promise<string[]> {
  const labels = index.labels.slice(0, 2)
  const sets = labels.map((label) => {
    const own = index.images.filter((image) => image.label === label && image.part === 'train')
    return { label, urls: own.slice(0, photosEach).map(({ file }) => `samples/${file}`) }
  })
  await page.evaluate(async (all) => {
    const { cutpoint } = window
    const { suggestedCut } = await cutpoint.open('models/efficientnet-lite0/model.json')
    await cutpoint.cut(suggestedCut ?? '')
    for (const { label, urls } of all) await cutpoint.addImages(label, urls, { part: 'train' })
  }, sets)
  return [...labels]
}

test('cancelling work that waits leaves the work that runs alone', async ({ page }) => {
  await openPage(page)
  await addTwoLabels(page, 30)
  const training = page.evaluate(async () => (await window.cutpoint.train()).images.train)
  await expect(page.getByRole('banner')).toContainText(/Looking at the photos · \d+ of 60/, { timeout: 60_000 })
  // The network names photos by its own labels, so a photo can be tried before the head is there.
  await dropPaths(page, page.getByTestId('try-drop'), [join(samplesFolder, index.tryOut[0].file)])
  await expect(page.getByRole('banner')).toContainText('Looking at the photo', { timeout: 10_000 })
  await page.getByRole('banner').getByRole('button', { name: 'Cancel' }).click()
  expect(await training).toBe(60)
  await expect(page.getByTestId('report')).toBeVisible()
})

test('a worker that does not answer is ended; another cancel meanwhile loses nothing, and the head is there again', async ({
  page,
}) => {
  test.setTimeout(180_000)
  await openPage(page)
  const labels = await addTwoLabels(page, 8)
  const url = `samples/${index.tryOut.find(({ label }) => labels.includes(label))?.file ?? ''}`
  const { before, codes, waited, after, trained } = await page.evaluate(async (photo) => {
    const { cutpoint } = window
    await cutpoint.setBackend('wasm')
    await cutpoint.train()
    const said = await cutpoint.predict(photo)
    // Plain JavaScript takes seconds a photo: the worker cannot hear the cancel meanwhile.
    await cutpoint.setBackend('cpu')
    const stop = new Promise<number>((resolve) => {
      const off = cutpoint.on('progress', (detail) => {
        if ((detail as { what: string }).what !== 'Looking at the photos') return
        off()
        setTimeout(() => {
          const start = performance.now()
          void cutpoint.cancel().then(() => resolve(performance.now() - start))
        }, 200)
      })
    })
    const error: unknown = await cutpoint.train().catch((reason: unknown) => reason)
    // The worker is being rebuilt now: what is cancelled meanwhile must not take it along.
    const second: unknown = cutpoint.train().catch((reason: unknown) => reason)
    await cutpoint.cancel()
    const time = await stop
    await cutpoint.setBackend('wasm')
    return {
      before: said,
      codes: [error, await second].map((one) => (one as { code: string }).code),
      waited: time,
      after: await cutpoint.predict(photo),
      trained: (await cutpoint.exportModel('tfjs-graph')).size,
    }
  }, url)
  console.log(`cancelled and rebuilt after ${(waited / 1000).toFixed(1)} s`)
  expect(codes).toEqual(['cancelled', 'cancelled'])
  expect(after.map(({ label }) => label).sort()).toEqual([...labels].sort())
  for (const { label, probability } of after) {
    // The network of another worker gives features that differ in their last bits; another head would be far off.
    expect(probability).toBeCloseTo(before.find((each) => each.label === label)?.probability ?? -1, 3)
  }
  expect(trained).toBeGreaterThan(1_000_000)
  await expect(page.getByTestId('cut-card')).toBeVisible()
  await expect(page.getByRole('alert')).toHaveCount(0)
})
