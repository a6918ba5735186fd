import { expect, test, type Page } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Prediction } from '../src/types'
import { sampleIndex, samplesFolder } from './support/data'
import { openSmallNetwork } from './support/network'
import { openPage } from './support/page'
import { addMadePhotos, comeBack, look, withProfile } from './support/visits'
import { killOn, killStarted, recordWorkers, waysToDie, type Way } from './support/workers'

const index = sampleIndex()
const asUrl = (file: string): string =>
  `data:image/webp;base64,${readFileSync(join(samplesFolder, file)).toString('base64')}`

/** The page with a small network, two labels of ten photos, and a head trained on them. */
async function trained(
  page: Page,
): Promise<{ readonly photo: string; readonly said: Prediction[]; readonly accuracy: number }> {
  await recordWorkers(page)
  await openPage(page)
  await openSmallNetwork(page)
  const sets = index.labels.slice(0, 2).map((label) => ({
    label,
    urls: index.images
      .filter((image) => image.label === label && image.part === 'train')
      .slice(0, 10)
      .map(({ file }) => asUrl(file)),
  }))
  const photo = asUrl(index.tryOut[0].file)
  return page.evaluate(
    async ({ sets: all, photo: tried }) => {
      for (const { label, urls } of all) await window.cutpoint.addImages(label, urls, { part: 'train' })
      const report = await window.cutpoint.train()
      return { photo: tried, said: await window.cutpoint.predict(tried), accuracy: report.accuracy.train ?? -1 }
    },
    { sets, photo },
  )
}

const predict = (page: Page, photo: string): Promise<Prediction[]> =>
  page.evaluate((tried) => window.cutpoint.predict(tried), photo)

function expectSame(now: readonly Prediction[], before: readonly Prediction[]): void {
  expect(now.map(({ label }) => label)).toEqual(before.map(({ label }) => label))
  now.forEach(({ probability }, place) => expect(probability).toBeCloseTo(before[place].probability, 4))
}

async function expectTold(page: Page): Promise<void> {
  const told = page
    .getByRole('region', { name: 'Messages' })
    .getByText('A part of Cutpoint stopped and was started again')
  await expect(told).toBeVisible()
  // So that the next one is told again.
  await page.getByRole('button', { name: 'Put away' }).first().click()
  await expect(told).toBeHidden()
}

const kill = (page: Page, worker: string, way: Way): Promise<void> => killOn(page, worker, way)()

for (const way of waysToDie) {
  test(`the compute worker ${way}: idle, training, predicting or opening, the result is the same`, async ({ page }) => {
    test.setTimeout(240_000)
    const { photo, said, accuracy } = await trained(page)
    await kill(page, 'compute', way)
    await expectTold(page)
    expectSame(await predict(page, photo), said)

    const dieTraining = killOn(page, 'compute', way, 'Looking at the photos')
    const again = await page.evaluate(async () => (await window.cutpoint.train()).accuracy.train)
    await dieTraining()
    await expectTold(page)
    expect(again).toBe(accuracy)
    expectSame(await predict(page, photo), said)
    expect(await page.evaluate(async () => (await window.cutpoint.heads()).length)).toBe(2)

    const diePredicting = killOn(page, 'compute', way, 'Looking at the photo')
    expectSame(await predict(page, photo), said)
    await diePredicting()

    const dieOpening = killOn(page, 'compute', way, 'Opening the model')
    const opened = await page.evaluate(() => window.cutpoint.open('models/efficientnet-lite0/model.json'))
    await dieOpening()
    expect(opened.suggestedCut).not.toBeNull()
    const cut = await page.evaluate((tensor) => window.cutpoint.cut(tensor ?? ''), opened.suggestedCut)
    expect(cut.featureLength).toBe(1280)
  })

  test(`the image worker ${way} while photos come in or are trained on: none is lost`, async ({ page }) => {
    test.setTimeout(240_000)
    await trained(page)
    const urls = index.images
      .filter(({ part }) => part === 'train')
      .slice(0, 60)
      .map(({ file }) => asUrl(file))
    const dieAdding = killOn(page, 'images', way, 'Taking in')
    const { added, rejected } = await page.evaluate((all) => window.cutpoint.addImages('many', all), urls)
    await dieAdding()
    expect({ added, rejected }).toEqual({ added: urls.length, rejected: [] })
    await expectTold(page)

    const dieTraining = killOn(page, 'images', way, 'Looking at the photos')
    const { images, warnings } = await page.evaluate(() => window.cutpoint.train())
    await dieTraining()
    expect(images.train + images.validation + images.test).toBe(20 + urls.length)
    expect(warnings.join(' ')).not.toContain('cannot be read')
    await expect(page.getByRole('alert')).toHaveCount(0)
  })

  test(`the files worker ${way} while a network is kept or read back: it is there`, async () => {
    await withProfile(async (context) => {
      const page = await context.newPage()
      await recordWorkers(page)
      await openPage(page)
      const dieKeeping = killStarted(page, 'files', way)
      await openSmallNetwork(page)
      await dieKeeping()
      await addMadePhotos(page, 1, 8)
      await page.evaluate(() => window.cutpoint.train())
      const before = await look(page)

      const dieReading = killStarted(page, 'files', way)
      await comeBack(page)
      await dieReading()
      await expect.poll(() => look(page), { timeout: 30_000 }).toEqual(before)
      await expect(page.getByRole('alert')).toHaveCount(0)
    })
  })

  test(`the workers of the graph and of projects ${way}: the graph and the file are there`, async ({ page }) => {
    test.setTimeout(240_000)
    await trained(page)
    // A network with groups to unfold.
    await page.evaluate(() => window.cutpoint.open('models/efficientnet-lite0/model.json'))
    const boxes = page.locator('.react-flow__node')
    await expect(boxes.first()).toBeVisible()
    const folded = await boxes.count()
    await kill(page, 'view', way)
    await page.getByRole('button', { name: /Unfold all/ }).click()
    await expect.poll(() => boxes.count()).not.toBe(folded)

    const dieSaving = killStarted(page, 'project', way)
    const bytes = await page.evaluate(async () => (await window.cutpoint.saveProject()).size)
    await dieSaving()
    expect(bytes).toBeGreaterThan(50_000)
  })
}

test('a compute worker that hangs is told of, and started again by a click it does what it was asked', async ({
  page,
}) => {
  test.setTimeout(240_000)
  const { photo, said } = await trained(page)
  await kill(page, 'compute', 'hangs')
  const predicted = predict(page, photo)
  await page.getByRole('button', { name: 'Start it again' }).click({ timeout: 120_000 })
  expectSame(await predicted, said)
})
