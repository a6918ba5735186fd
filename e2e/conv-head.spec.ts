import { expect, test } from '@playwright/test'
import { sampleIndex } from './support/data'
import { dropPaths } from './support/drop'
import { photoFolders, probabilities } from './support/heads'
import { untilOpen } from './support/network'
import { openPage } from './support/page'

/** A feature map of the sample, [1, 7, 7, 320]. */
const map = 'efficientnet-lite0/blocks_15/project_batch_normalization/FusedBatchNormV3'

test('Convolutions on a feature map, by clicks: trained, exported, opened again with the same probabilities', async ({
  page,
}, info) => {
  const { labels, tryOut } = sampleIndex()
  const folders = photoFolders(info)
  await openPage(page, './#model=models/efficientnet-lite0/model.json')
  await untilOpen(page)
  await page.getByRole('combobox', { name: 'Find in the graph' }).fill(map)
  await page.getByRole('listbox', { name: 'Found in the graph' }).getByRole('option').first().click()
  const graph = page.getByRole('region', { name: 'Graph', exact: true })
  const tensor = graph.locator(`[data-tensor="${map}:0"]`)
  await expect(tensor).toBeInViewport()
  await page.keyboard.press('Escape')
  await tensor.click()
  await graph
    .getByRole('group', { name: `Tensor ${map}:0` })
    .getByRole('button', { name: 'Cut here' })
    .click()
  await expect(page.getByTestId('cut-card')).toContainText('FusedBatchNormV3:0')
  await dropPaths(page, page.getByTestId('photo-drop'), folders)
  const train = page.locator('section[data-station=train]')
  await expect(train.getByRole('button', { name: 'Train the head' })).toBeEnabled({ timeout: 60_000 })

  await train.getByText('Settings', { exact: true }).click()
  await train.getByRole('radio', { name: /Convolutional/ }).check()
  await train.getByLabel('Patterns (filters)').selectOption('64')
  await train.getByLabel('Rounds at most').selectOption('10')
  // Shown before: 9 · 320 · 64 + 64 + 64 · 4 + 4.
  await expect(train.getByText('184,644')).toBeVisible()
  await train.getByRole('button', { name: 'Train the head' }).click()
  await expect(train.getByTestId('report')).toBeVisible({ timeout: 240_000 })
  const head = await page.evaluate(async () => (await window.cutpoint.heads()).at(-1))
  expect(head?.cut).toEqual([`${map}:0`])
  expect(head?.accuracy.train).toBeGreaterThan(0.9)

  const [unseen] = tryOut
  const before = await probabilities(page, unseen.file)
  // So sure that nothing could be told apart it is not.
  expect(Math.max(...Object.values(before))).toBeLessThan(0.9999)
  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: /^Export/ }).click()
  const zip = info.outputPath('cutpoint-model.zip')
  await (await saving).saveAs(zip)
  await dropPaths(page, graph, [zip])
  await expect(page.getByRole('banner').getByTitle('cutpoint-model')).toBeVisible({ timeout: 60_000 })
  const after = await probabilities(page, unseen.file)
  expect(Object.keys(after).sort()).toEqual(labels.toSorted())
  const differences = labels.map((label) => Math.abs(before[label] - after[label]))
  console.log(`convolutions: largest difference of a probability ${Math.max(...differences).toExponential(1)}`)
  expect(Math.max(...differences)).toBeLessThanOrEqual(1e-5)
})
