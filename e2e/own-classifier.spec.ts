import { expect, test } from '@playwright/test'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { dropPaths } from './support/drop'
import { filesIn, hasShared, noShared, shared } from './support/data'
import { openPage } from './support/page'

const folder = join(shared, 'models/mobilenet_v1_0.25_128')
const [shirt] = hasShared ? filesIn(join(shared, 'images/clothing/test/t-shirt')) : []

test('a frozen graph, and then its labels, are dropped: it names photos', async ({ page }) => {
  test.skip(!hasShared, noShared)
  await openPage(page)
  await page.evaluate(() => window.cutpoint.setBackend('wasm'))
  await page.locator('input[type=file][multiple]').first().setInputFiles(join(folder, 'frozen_graph.pb'))
  await expect(page.getByText('Once a head is trained, show it a photo here')).toBeVisible()
  const others = test.info().outputPath('labels.txt')
  writeFileSync(others, 'cat\ndog\n')
  await dropPaths(page, page.locator('body'), [others])
  await expect(page.getByText('“labels.txt” names 2 labels, but frozen_graph tells 1001 classes apart.')).toBeVisible()
  await dropPaths(page, page.locator('body'), [join(folder, 'labels.txt')])
  await expect(page.getByText('1001 labels for its classes')).toBeVisible()
  await dropPaths(page, page.getByTestId('try-drop'), [shirt])
  const said = page.getByRole('list', { name: 'What it says, label by label' })
  await expect(said.getByRole('listitem')).toHaveCount(5)
  console.log((await said.innerText()).replace(/\n/g, ' '))
  await expect(said).toContainText(/jersey, T-shirt|sweatshirt|maillot/)
})
