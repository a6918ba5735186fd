import { expect, test, type Page } from '@playwright/test'
import { openSmallNetwork } from './support/network'
import { openPage } from './support/page'
import { addMadePhotos } from './support/visits'

/** The stations as the line of steps names them. */
const stations = ['Model', 'Cut', 'Photos', 'Train', 'Try'] as const

const sizes = [
  { width: 1280, height: 720 },
  { width: 1440, height: 900 },
  { width: 1920, height: 1080 },
  { width: 390, height: 844 },
]

for (const size of sizes) {
  test(`each station comes into sight and nothing else moves, at ${size.width}×${size.height}`, async ({ page }) => {
    await openPage(page)
    await openSmallNetwork(page)
    await addMadePhotos(page, 1, 24)
    await page.setViewportSize(size)

    for (const step of stations) {
      await pressStep(page, step)
      await expectAt(page, step)
    }
    for (const [at, step] of stations.entries()) {
      await page.keyboard.press(String(at + 1))
      await expectAt(page, step)
    }
    // From the last station back to the first, and to the graph.
    for (const key of ['5', '4', '1', '5', 'g']) await page.keyboard.press(key)
    await expectNothingMoved(page)
    await expect(page.getByRole('region', { name: 'Graph', exact: true })).toBeInViewport()
    // The page had another size when the graph was drawn: what was in the middle still is.
    await expect.poll(() => page.locator('.react-flow__node').evaluateAll(seenWhole)).toBeGreaterThan(0)

    await page.evaluate(() => window.cutpoint.train())
    for (const [at, step] of stations.entries()) {
      await page.keyboard.press(String(at + 1))
      await expectAt(page, step)
    }
  })
}

/** How many boxes are seen whole, from left to right. */
function seenWhole(boxes: readonly Element[]): number {
  const { clientWidth } = document.documentElement
  return boxes.filter((box) => {
    const { left, right } = box.getBoundingClientRect()
    return left >= 0 && right <= clientWidth
  }).length
}

/** Presses a station in the line of steps, or on narrow screens in the row of rooms. */
async function pressStep(page: Page, step: string): Promise<void> {
  const line = page.getByRole('navigation', { name: 'Your way' })
  const rooms = page.getByRole('navigation', { name: 'Rooms' })
  if (await rooms.isVisible()) await rooms.getByRole('button', { name: step === 'Model' ? 'Cut' : step }).click()
  else await line.getByRole('button', { name: step }).click()
}

async function expectAt(page: Page, step: string): Promise<void> {
  const heading = page.locator(`[data-station='${step.toLowerCase()}']`).getByRole('heading', { level: 2 })
  await expect(heading).toBeInViewport({ ratio: 1 })
  await expectNothingMoved(page)
}

/** Whatever was moved though it is no scroll container: nobody could move it back. */
async function expectNothingMoved(page: Page): Promise<void> {
  const moved = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('*')].flatMap((element) => {
      const { overflowX, overflowY } = getComputedStyle(element)
      const scrolls = (value: string): boolean => value === 'auto' || value === 'scroll'
      const { scrollTop, scrollLeft, tagName, className } = element
      const movedX = !scrolls(overflowX) && scrollLeft !== 0
      const movedY = !scrolls(overflowY) && scrollTop !== 0
      return movedX || movedY ? [`${tagName} ${className}: ${scrollLeft}, ${scrollTop}`] : []
    }),
  )
  expect(moved).toEqual([])
  const main = await page.locator('main').boundingBox()
  const size = page.viewportSize()
  expect(main).toMatchObject({ x: 0, width: size?.width })
  expect((main?.y ?? 0) + (main?.height ?? 0)).toBe(size?.height)
}
