import { expect, test, type Page } from '@playwright/test'
import { cpSync, mkdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { filesIn, hasShared, noShared, sampleIndex, sampleModelFolder, samplesFolder, shared } from './support/data'
import { dropPaths } from './support/drop'
import { untilOpen } from './support/network'
import { openPage } from './support/page'

/** Photos on disk in one folder a label, and photos that were not among them. */
interface PhotoSet {
  readonly folders: readonly string[]
  readonly tryOut: readonly { file: string; label: string }[]
}

/** What the page shows for the photo tried last: label to percent. */
async function shownPredictions(page: Page): Promise<Record<string, number>> {
  const rows = await page.getByLabel('Photos tried').locator('> li').first().locator('ol > li').allInnerTexts()
  return Object.fromEntries(
    rows.map((row) => {
      const [label, share] = row.split('\n').map((part) => part.trim())
      return [label, Number.parseFloat(share)]
    }),
  )
}

async function doMainJob(page: Page, photos: PhotoSet, download: string): Promise<void> {
  await openPage(page)
  await test.step('open the model by dropping its files', async () => {
    await dropPaths(page, page.getByRole('region', { name: 'Open a model' }), filesIn(sampleModelFolder))
    await untilOpen(page)
  })

  await test.step('unfold a scope and click a cut', async () => {
    const graph = page.getByRole('region', { name: 'Graph', exact: true })
    const boxes = graph.locator('.react-flow__node')
    await expect(boxes.first()).toBeVisible()
    // The stem opens as one box; unfolded it shows its operations.
    const inside = boxes.filter({ hasText: '3×3 · stride 2 · 32' })
    await expect(inside).toHaveCount(0)
    await graph.locator('[data-fold="efficientnet-lite0/stem"][title="Unfold"]').click()
    await expect(inside).toHaveCount(1)
    await graph.locator('[data-fold="efficientnet-lite0/stem"][title="Fold"]').click()
    await expect(inside).toHaveCount(0)
    await graph.locator('[data-fold="efficientnet-lite0/stem"][title="Unfold"]').click()
    await expect(inside).toHaveCount(1)
    await page.getByRole('combobox', { name: 'Find in the graph' }).fill('Mean')
    await page.getByRole('listbox', { name: 'Found in the graph' }).getByRole('option').first().click()
    // Off the search's selection, then a click on the tensor itself.
    const tensor = graph.locator('[data-tensor$="Mean:0"]')
    await expect(tensor).toBeInViewport()
    await page.keyboard.press('Escape')
    await tensor.click()
    await graph
      .getByRole('group', { name: /^Tensor .*Mean:0$/ })
      .getByRole('button', { name: 'Cut here' })
      .click()
    await expect(page.getByTestId('cut-card')).toContainText('Mean:0')
    await expect(page.getByText('Recommended', { exact: true })).toBeVisible()
  })

  await test.step('drop labelled folders', async () => {
    await dropPaths(page, page.getByTestId('photo-drop'), photos.folders)
    await expect(page.locator('article[aria-label^="Label "]')).toHaveCount(photos.folders.length)
    await expect(page.getByRole('button', { name: 'Train the head' })).toBeEnabled({ timeout: 60_000 })
  })

  await test.step('train', async () => {
    await page.getByRole('button', { name: 'Train the head' }).click()
    await expect(page.getByTestId('report')).toBeVisible({ timeout: 120_000 })
  })

  const results = await test.step('try photos it has not seen', async () => {
    const all = []
    for (const { file, label } of photos.tryOut) {
      const before = await page.getByLabel('Photos tried').locator('> li').count()
      await dropPaths(page, page.getByTestId('try-drop'), [file])
      await expect(page.getByLabel('Photos tried').locator('> li')).toHaveCount(before + 1)
      all.push({ file, label, shown: await shownPredictions(page) })
    }
    const right = all.filter(({ label, shown }) =>
      Object.entries(shown).every(([name, share]) => name === label || share <= shown[label]),
    )
    console.log(`held-out photos named right: ${right.length} of ${all.length}`)
    expect(right.length).toBeGreaterThan(all.length / 2)
    return all
  })

  await test.step('export, open the export again, and get the same probabilities', async () => {
    const saving = page.waitForEvent('download')
    await page.getByRole('button', { name: /^Export/ }).click()
    await (await saving).saveAs(download)

    const photo = asDataUrl(results[0].file)
    const before = await probabilities(page, photo)
    await dropPaths(page, page.getByRole('region', { name: 'Graph', exact: true }), [download])
    await expect(page.getByRole('banner').getByTitle('cutpoint-model')).toBeVisible({ timeout: 30_000 })
    await expect(page.getByTestId('report')).toHaveCount(0)
    const after = await probabilities(page, photo)
    expect(Object.keys(after).sort()).toEqual(Object.keys(before).sort())
    const difference = Math.max(...Object.keys(before).map((label) => Math.abs(before[label] - after[label])))
    console.log(`export opened again: largest difference of a probability ${difference.toExponential(1)}`)
    expect(difference).toBeLessThanOrEqual(1e-5)
  })
}

async function probabilities(page: Page, photo: string): Promise<Record<string, number>> {
  const predictions = await page.evaluate((url) => window.cutpoint.predict(url), photo)
  return Object.fromEntries(predictions.map(({ label, probability }) => [label, probability]))
}

function asDataUrl(file: string): string {
  return `data:application/octet-stream;base64,${readFileSync(file).toString('base64')}`
}

test('the main job with clicks and drops: on the sample pictures', async ({ page }, info) => {
  const { labels, images, tryOut } = sampleIndex()
  // As a person would have them: a folder a label, of the pictures to learn from.
  const folders = labels.map((label) => {
    const folder = info.outputPath('photos', label)
    mkdirSync(folder, { recursive: true })
    for (const image of images.filter((each) => each.label === label && each.part === 'train')) {
      cpSync(join(samplesFolder, image.file), join(folder, basename(image.file)))
    }
    return folder
  })
  const unseen = tryOut.map(({ file, label }) => ({ file: join(samplesFolder, file), label }))
  await doMainJob(page, { folders, tryOut: unseen }, info.outputPath('cutpoint-model.zip'))
})

test('the main job with clicks and drops: on photos of clothes', async ({ page }, info) => {
  test.skip(!hasShared, noShared)
  const labels = ['dress', 'hat', 'shoes']
  const folders = labels.map((label) => join(shared, 'images/clothing/train', label))
  const unseen = labels.flatMap((label) =>
    filesIn(join(shared, 'images/clothing/test', label))
      .slice(0, 4)
      .map((file) => ({ file, label })),
  )
  await doMainJob(page, { folders, tryOut: unseen }, info.outputPath('cutpoint-model.zip'))
})
