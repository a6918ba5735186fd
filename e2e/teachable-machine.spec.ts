import { expect, test, type Page } from '@playwright/test'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { filesIn, noShared, shared } from './support/data'
import { dropPaths } from './support/drop'
import { untilOpen } from './support/network'
import { openPage } from './support/page'

const zip = join(shared, 'models/teachable-machine/image-model.zip')
const photos = join(shared, 'images/clothing')
const labels = ['dress', 'pants', 'shoes']

/** Labels and shares of the photo tried last, as the page shows them. */
async function said(page: Page): Promise<Record<string, number>> {
  const rows = await page.getByLabel('Photos tried').locator('> li').first().locator('ol > li').allInnerTexts()
  return Object.fromEntries(
    rows.map((row) => {
      const [label, share] = row.split('\n').map((part) => part.trim())
      return [label, Number.parseFloat(share)]
    }),
  )
}

test('Teachable Machine’s zip: its two labels, what it says, and a head of one’s own in place of its', async ({
  page,
}) => {
  test.skip(!existsSync(zip), noShared)
  await openPage(page)
  const [photo] = filesIn(join(photos, 'test/shoes'))
  const tried = page.getByLabel('Photos tried').locator('> li')

  await test.step('its own classifier', async () => {
    await dropPaths(page, page.getByRole('region', { name: 'Open a model' }), [zip])
    await untilOpen(page)
    const boxes = page.getByRole('region', { name: 'Graph', exact: true }).locator('.react-flow__node')
    await expect(boxes.first()).toBeVisible()
    await expect(page.getByText('Until a head is trained, the network’s own classifier answers.')).toBeVisible()
    await dropPaths(page, page.getByTestId('try-drop'), [photo])
    await expect(tried).toHaveCount(1)
    const shares = await said(page)
    expect(Object.keys(shares).sort()).toEqual(['Class 1', 'Class 2'])
    expect(shares['Class 1'] + shares['Class 2']).toBeGreaterThanOrEqual(99)
  })

  await test.step('cut where suggested, photos of other labels, trained', async () => {
    await page.getByRole('button', { name: 'Take the suggested cut' }).click()
    await expect(page.getByTestId('cut-card')).toBeVisible()
    await dropPaths(
      page,
      page.getByTestId('photo-drop'),
      labels.map((label) => join(photos, 'train', label)),
    )
    await expect(page.locator('article[aria-label^="Label "]')).toHaveCount(labels.length)
    await page.getByRole('button', { name: 'Train the head' }).click({ timeout: 60_000 })
    await expect(page.getByTestId('report')).toBeVisible({ timeout: 120_000 })
  })

  await test.step('the new head names photos it has not seen', async () => {
    const unseen = labels.flatMap((label) =>
      filesIn(join(photos, 'test', label))
        .slice(0, 3)
        .map((file) => ({ label, file })),
    )
    let right = 0
    for (const { label, file } of unseen) {
      const before = await tried.count()
      await dropPaths(page, page.getByTestId('try-drop'), [file])
      await expect(tried).toHaveCount(before + 1)
      const shares = await said(page)
      expect(Object.keys(shares).sort()).toEqual(labels)
      if (Object.values(shares).every((share) => share <= shares[label])) right++
    }
    console.log(`held-out photos named right: ${right} of ${unseen.length}`)
    expect(right).toBeGreaterThanOrEqual(7)
  })
})
