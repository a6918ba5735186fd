import { expect, test } from '@playwright/test'
import { sampleIndex } from './support/data'
import { dropPaths } from './support/drop'
import { photoFolders, probabilities } from './support/heads'
import { untilOpen } from './support/network'
import { openPage } from './support/page'
import { comeBack } from './support/visits'

const { labels, tryOut } = sampleIndex()

const kinds = [
  { name: /Support vectors/, called: /^Use SVM, C auto/, keeps: false },
  { name: /Nearest neighbours/, called: 'Use 5 nearest neighbours', keeps: true },
  { name: /Nearest average/, called: 'Use Nearest average', keeps: false },
]

type Probabilities = Record<string, number>

const apart = (one: Probabilities, other: Probabilities): number =>
  Math.max(...labels.map((label) => Math.abs(one[label] - other[label])))

test('a linear SVM, neighbours and averages on features, by clicks: kept, exported, opened again with the same probabilities', async ({
  page,
}, info) => {
  const folders = photoFolders(info)
  await openPage(page, './#model=models/efficientnet-lite0/model.json')
  await untilOpen(page)
  await page.getByRole('button', { name: 'Take the suggested cut' }).click()
  await dropPaths(page, page.getByTestId('photo-drop'), folders)
  const train = page.locator('section[data-station=train]')
  await expect(train.getByRole('button', { name: 'Train the head' })).toBeEnabled({ timeout: 60_000 })
  await train.getByText('Settings', { exact: true }).click()

  const trained: { zip: string; before: Probabilities }[] = []
  for (const { name, called, keeps } of kinds) {
    await train.getByRole('radio', { name }).check()
    if (trained.length === 0) {
      await train.getByRole('button', { name: 'Train the head' }).click()
      await expect(train.getByTestId('report')).toBeVisible({ timeout: 120_000 })
    } else {
      // Once there is a head, one of another kind is trained by itself.
      await expect(train.getByRole('radio', { name: called })).toBeChecked({ timeout: 60_000 })
    }
    await expect(train.getByRole('switch', { name: 'Train by itself' })).toBeEnabled()
    await expect(page.getByText('their features are in the file')).toHaveCount(keeps ? 1 : 0)
    const before = await probabilities(page, tryOut[0].file)
    const saving = page.waitForEvent('download')
    await page.getByRole('button', { name: /^Export/ }).click()
    const zip = info.outputPath(`head-${trained.length}.zip`)
    await (await saving).saveAs(zip)
    trained.push({ zip, before })
  }
  const heads = await page.evaluate(() => window.cutpoint.heads())
  expect(heads).toHaveLength(3)
  // Of few photos, five neighbours outvote some of a label's own.
  for (const { accuracy } of heads) expect(accuracy.train).toBeGreaterThan(0.75)
  expect(apart(trained[0].before, trained[1].before)).toBeGreaterThan(0)

  await comeBack(page)
  await expect.poll(() => page.evaluate(async () => (await window.cutpoint.heads()).length)).toBe(3)
  expect(await probabilities(page, tryOut[0].file)).toEqual(trained[2].before)

  const graph = page.getByRole('region', { name: 'Graph', exact: true })
  for (const [index, { zip, before }] of trained.entries()) {
    await dropPaths(page, graph, [zip])
    await expect(page.getByRole('banner').getByTitle(`head-${index}`)).toBeVisible({ timeout: 60_000 })
    await untilOpen(page)
    const difference = apart(before, await probabilities(page, tryOut[0].file))
    console.log(`${kinds[index].name.source}: largest difference of a probability ${difference.toExponential(1)}`)
    expect(difference).toBeLessThanOrEqual(1e-5)
  }
})
