import { expect, test, type Page } from '@playwright/test'
import { seriousProblems } from './support/accessibility'
import { openSmallNetwork } from './support/network'
import { openPage } from './support/page'
import { addMadePhotos, comeBack, withProfile } from './support/visits'

/** Where pictures of the page are wanted: CUTPOINT_SHOTS=folder */
const shots = process.env.CUTPOINT_SHOTS

async function shoot(page: Page, name: string): Promise<void> {
  if (!shots) return
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.screenshot({ path: `${shots}/${name}-${colorScheme}.png` })
  }
}

test('on the sample, “Where should I cut?” draws a curve along the depth, and a click on a point cuts there', async ({
  page,
}) => {
  test.setTimeout(180_000)
  await page.setViewportSize({ width: 1440, height: 900 })
  await openPage(page)
  const advice = page.getByTestId('advice')
  await page.evaluate(() => window.cutpoint.open('models/efficientnet-lite0/model.json'))
  await expect(advice).toContainText('With photos of two labels or more')
  await expect(advice.getByRole('button', { name: 'Where should I cut?' })).toBeDisabled()
  await page.evaluate(async () => {
    const { cutpoint } = window
    const { images } = (await (await fetch('samples/index.json')).json()) as {
      images: { file: string; label: string }[]
    }
    for (const label of [...new Set(images.map((image) => image.label))]) {
      const own = images.filter((image) => image.label === label).slice(0, 16)
      await cutpoint.addImages(
        label,
        own.map(({ file }) => `samples/${file}`),
      )
    }
  })
  await advice.getByRole('button', { name: 'Where should I cut?' }).click()
  await expect(advice.getByText('Best', { exact: true }).first()).toBeVisible({ timeout: 120_000 })

  const curve = page.getByRole('list', { name: 'Accuracy of a head at each cut, along the depth' })
  const points = curve.getByRole('button')
  await expect(points.nth(17)).toBeInViewport({ ratio: 0.9 })
  await expect(points.first()).toBeInViewport({ ratio: 0.9 })
  expect(await points.count()).toBe(18)
  await advice.scrollIntoViewIfNeeded()
  await shoot(page, 'advice-wide')
  expect(await seriousProblems(page)).toEqual([])

  const before = await points.nth(13).getAttribute('aria-pressed')
  expect(before).toBe('false')
  await points.nth(13).click()
  await expect(points.nth(13)).toHaveAttribute('aria-pressed', 'true')
  await expect(page.getByTestId('cut-card')).toContainText('blocks_12/')
  // It is a cut as any other: one step back takes it away.
  await page.keyboard.press('Control+z')
  await expect(points.nth(13)).toHaveAttribute('aria-pressed', 'false')

  const [one] = await page.evaluate(async () => {
    const { cutpoint } = window
    const wanted = (await cutpoint.tensors()).find(
      ({ name }) => name.includes('blocks_5/') && name.endsWith('FusedBatchNormV3:0') && name.includes('project'),
    )
    return cutpoint.advise({ tensors: [wanted?.name ?? ''] })
  })
  expect(one).toMatchObject({ featureLength: 80 })
  await page.setViewportSize({ width: 390, height: 844 })
  await page.evaluate(() => window.cutpoint.advise())
  await page.getByRole('navigation').getByRole('button', { name: 'Cut' }).click()
  await advice
    .getByText('All 18 cuts')
    .or(advice.getByText(/^All \d+ cuts$/))
    .click()
  await advice.scrollIntoViewIfNeeded()
  await shoot(page, 'advice-narrow')
  const wide = await page.evaluate(() => document.documentElement.scrollWidth)
  expect(wide).toBeLessThanOrEqual(390)
})

test('the comparison is kept with the network and with a project, and says when it is out of date', async () => {
  await withProfile(async (context) => {
    const page = await context.newPage()
    await openPage(page)
    await openSmallNetwork(page)
    await addMadePhotos(page, 3, 12)
    const found = await page.evaluate(() => window.cutpoint.advise())
    expect(found.length).toBeGreaterThan(1)
    const advice = page.getByTestId('advice')
    await expect(advice).toContainText('10 photos of 2 labels')
    const project = await page.evaluate(async () => {
      const blob = await window.cutpoint.saveProject()
      return Array.from(new Uint8Array(await blob.arrayBuffer()))
    })
    await comeBack(page)
    await expect(advice).toContainText('10 photos of 2 labels')
    await expect(advice).not.toContainText('Something has changed')
    await addMadePhotos(page, 4, 2)
    await expect(advice).toContainText('Something has changed')

    await page.evaluate(() => window.cutpoint.reset())
    await page.evaluate((bytes) => window.cutpoint.openProject(new Blob([Uint8Array.from(bytes)])), project)
    await expect(advice).toContainText('10 photos of 2 labels')
    await expect(advice).not.toContainText('Something has changed')
  })
})
