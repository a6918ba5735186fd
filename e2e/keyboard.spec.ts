import { expect, test, type Locator, type Page } from '@playwright/test'
import { openPage } from './support/page'

const graph = (page: Page): Locator => page.getByRole('region', { name: 'Graph', exact: true })
const focused = (page: Page): Locator => page.locator('.react-flow__node:focus')
const nameOfFocused = async (page: Page): Promise<string> =>
  (await focused(page).locator('.visually-hidden').textContent()) ?? ''

/** Walks with a key until the focused box is the one wanted; fails after so many steps. */
async function walkTo(page: Page, key: string, wanted: RegExp, most = 60): Promise<void> {
  for (let step = 0; step < most; step++) {
    const name = await nameOfFocused(page)
    if (wanted.test(name)) return
    await page.keyboard.press(key)
    await expect(focused(page)).not.toHaveAccessibleName(name)
  }
  throw new Error(`no box like ${String(wanted)} within ${most} steps of ${key}`)
}

test('by keyboard only: unfold down to one operation, find a tensor, cut there, undo', async ({ page }) => {
  await openPage(page, './#model=models/efficientnet-lite0/model.json')
  await expect(graph(page).locator('.react-flow__node').first()).toBeVisible({ timeout: 30_000 })
  // What can be cut is known a moment later.
  await expect(page.getByRole('button', { name: 'Take the suggested cut' })).toBeEnabled()

  await test.step('the graph is one stop of Tab, and tells what is around', async () => {
    for (let step = 0; step < 40 && (await focused(page).count()) === 0; step++) await page.keyboard.press('Tab')
    await expect(focused(page)).toHaveAccessibleName(/^Input/)
    await expect(focused(page)).toHaveAccessibleDescription(/^from nothing; to 1: /)
    await expect(graph(page).locator('.react-flow__node[tabindex="0"]')).toHaveCount(1)
  })

  await test.step('fold everything to one box, and unfold it again down to an operation', async () => {
    await page.keyboard.press(']')
    await expect(focused(page)).toHaveAttribute('aria-expanded', 'true')
    await page.keyboard.press('-')
    await expect(focused(page)).toHaveAttribute('aria-expanded', 'false')
    await expect(graph(page).locator('.react-flow__node[aria-expanded="true"]')).toHaveCount(0)

    await page.keyboard.press('Enter')
    await expect(focused(page)).toHaveAttribute('aria-expanded', 'true')
    // Into the first folded group, and its first one, until what stands there is an operation.
    for (let level = 0; level < 6; level++) {
      const before = (await focused(page).getAttribute('data-id')) ?? ''
      await page.keyboard.press('ArrowDown')
      // A box that is only now drawn gets the keyboard a moment later.
      await expect(focused(page)).not.toHaveAttribute('data-id', before)
      const expanded = await focused(page).getAttribute('aria-expanded')
      if (expanded === null) break
      if (expanded === 'true') continue
      await page.keyboard.press('Enter')
      await expect(focused(page)).toHaveAttribute('aria-expanded', 'true')
    }
    await expect(focused(page)).toHaveAccessibleName(/^Conv2D.*, output 112×112×32/)
    await expect(focused(page)).not.toHaveAttribute('aria-expanded')
    await expect(focused(page)).toBeInViewport()
  })

  await test.step('arrow keys follow the data and come back', async () => {
    const name = await nameOfFocused(page)
    await page.keyboard.press('ArrowDown')
    await expect(focused(page)).not.toHaveAccessibleName(name)
    await page.keyboard.press('ArrowUp')
    await expect(focused(page)).toHaveAccessibleName(name)
    await page.keyboard.press('End')
    await expect(focused(page)).toHaveAccessibleName(/^Classifier/)
    await walkTo(page, 'PageUp', /^Scope, head/)
    await walkTo(page, '[', /^Inverted residual/)
  })

  const cut = graph(page).locator('[data-cut-line]')
  await test.step('find a tensor by its name and cut there', async () => {
    await page.keyboard.press('/')
    await expect(page.getByRole('combobox', { name: 'Find in the graph' })).toBeFocused()
    await page.keyboard.type('pooling2d/Mean')
    await expect(page.getByRole('listbox').getByRole('option').first()).toContainText('Mean')
    await page.keyboard.press('Enter')
    await expect(focused(page)).toHaveAccessibleName(/Mean/)
    await page.keyboard.press('c')
    const here = graph(page)
      .getByRole('group', { name: /^Tensor .*Mean:0$/ })
      .getByRole('button', { name: 'Cut here' })
    await expect(here).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(page.getByTestId('cut-card')).toContainText('Mean:0')
    await expect(cut).toHaveCount(1)
    await expect(cut).toBeInViewport()
  })

  await test.step('back to the graph, cut at another tensor, and undo', async () => {
    await page.keyboard.press('Escape')
    await expect(focused(page)).toBeVisible()
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('c')
    await expect(page.getByRole('group', { name: /^Tensor / }).getByRole('button', { name: 'Cut here' })).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(page.getByTestId('cut-card')).not.toContainText('Mean:0')
    await page.keyboard.press('Control+z')
    await expect(page.getByTestId('cut-card')).toContainText('Mean:0')
    await expect(cut).toHaveAttribute('data-cut-line', /Mean:0$/)
    await page.keyboard.press('Control+z')
    await expect(cut).toHaveCount(0)
  })
})

test('a screen reader hears what a box is and what is around it', async ({ page }) => {
  await openPage(page, './#model=models/efficientnet-lite0/model.json')
  const box = graph(page).locator('.react-flow__node').first()
  await expect(box).toBeVisible({ timeout: 30_000 })
  await graph(page).locator('.react-flow__node[tabindex="0"]').focus()
  await page.keyboard.press('End')
  await expect(focused(page)).toHaveAccessibleDescription(/from 1: .+; to nothing/)
  await expect(focused(page)).toHaveCSS('outline-style', 'solid')
})

test('in the list of keys, what they do has room, however many keys do it', async ({ page }) => {
  await openPage(page)
  for (const [width, height] of [
    [1440, 900],
    [390, 844],
  ]) {
    await page.setViewportSize({ width, height })
    await page.keyboard.press('?')
    const dialog = page.getByRole('dialog', { name: 'Keys' })
    await expect(dialog).toBeVisible()
    const widths = await dialog.locator('dd').evaluateAll((all) => all.map((dd) => dd.getBoundingClientRect().width))
    expect(widths.length).toBeGreaterThan(20)
    expect(Math.min(...widths)).toBeGreaterThan(120)
    await page.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
  }
})
