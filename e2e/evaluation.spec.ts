import { expect, test, type Locator, type Page } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { seriousProblems } from './support/accessibility'
import { filesIn } from './support/data'
import { openPage } from './support/page'

const network = resolve('src/formats/fixtures/cnn-float32')

const dialog = (page: Page): Locator => page.getByRole('dialog', { name: 'Report' })
const heldOut = { train: 1, validation: 0, test: 0 }

/**
 * Red and blue pictures, of which the head learns the difference; two held-out blue ones lie among the red by mistake,
 * so that the report has something to find.
 */
async function trainOnColours(page: Page): Promise<void> {
  await openNetwork(page)
  await addColours(page, 'red', 'red', 8, 'train')
  await addColours(page, 'blue', 'blue', 8, 'train')
  await addColours(page, 'red', 'red', 3, 'test')
  await addColours(page, 'blue', 'blue', 4, 'test')
  await addColours(page, 'red', 'blue', 2, 'test')
  await page.evaluate((split) => window.cutpoint.train({ split }), heldOut)
}

test('a cell of the matrix opens its photos; one is moved to the right label by keyboard', async ({ page }) => {
  await trainOnColours(page)
  const station = page.getByTestId('report')
  await expect(station).toContainText('78 % right: 7 of 9 photos held out')
  // Wilson's interval of 7 of 9.
  await expect(station).toContainText('most likely between 45 % and 94 %')

  const cell = station.getByRole('gridcell', { name: '2 photos of red taken for blue' })
  await test.step('by arrow keys to the cell, and its photos are listed', async () => {
    await station.getByRole('gridcell', { name: '3 photos of red taken for what they are' }).focus()
    await page.keyboard.press('ArrowRight')
    await expect(cell).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(dialog(page).getByRole('heading', { name: '2 photos of red taken for blue' })).toBeVisible()
    const photos = dialog(page).getByRole('list', { name: '2 photos of red taken for blue' }).getByRole('button')
    await expect(photos).toHaveCount(2)
    await expect(photos.first()).toHaveAccessibleName(/^blue in red-\d\.png, taken for blue \d+ % is red$/)
    for (const picture of await photos.getByRole('presentation').all()) {
      await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0)
    }
  })

  const photo = page.getByRole('dialog', { name: 'Photo 1 of 2' })
  await test.step('the first opens large, and Move puts it where the head says it belongs', async () => {
    const first = dialog(page)
      .getByRole('button', { name: /taken for blue/ })
      .first()
    await first.focus()
    await page.keyboard.press('Enter')
    await expect(photo).toBeVisible()
    await expect(photo.getByRole('img')).toHaveJSProperty('naturalWidth', 40)
    expect(await seriousProblems(page)).toEqual([])
    for (
      let steps = 0;
      steps < 10 && !(await photo.getByRole('button', { name: 'Move' }).evaluate(isFocused));
      steps++
    ) {
      await page.keyboard.press('Tab')
    }
    await page.keyboard.press('Enter')
    await expect(photo.getByRole('status')).toContainText('Moved to “blue”.')
    expect(await countsOf(page)).toEqual({ red: 12, blue: 13 })
  })

  await test.step('it can be undone, and done again', async () => {
    await photo.getByRole('button', { name: 'Undo' }).click()
    expect(await countsOf(page)).toEqual({ red: 13, blue: 12 })
    await photo.getByRole('button', { name: 'Move' }).click()
    expect(await countsOf(page)).toEqual({ red: 12, blue: 13 })
  })

  await test.step('the next one is an arrow key away; closing leads back to the report', async () => {
    await photo.getByRole('button', { name: 'Next photo' }).click()
    const second = page.getByRole('dialog', { name: 'Photo 2 of 2' })
    await second.getByRole('button', { name: 'Delete the photo' }).click()
    await expect(second.getByRole('status')).toContainText('Deleted.')
    await expect(second).toContainText('This photo has been deleted.')
    expect(await countsOf(page)).toEqual({ red: 11, blue: 13 })
    await page.keyboard.press('Escape')
    await expect(second).toHaveCount(0)
    await expect(dialog(page)).toBeVisible()
  })

  await test.step('trained again, nothing is wrong any more', async () => {
    await page.keyboard.press('Escape')
    await expect(dialog(page)).toHaveCount(0)
    await page.evaluate((split) => window.cutpoint.train({ split }), heldOut)
    await expect(station).toContainText('100 % right: 8 of 8 photos held out')
  })
})

test('the report as a whole: its parts, its photos, where the focus goes, and nothing serious for axe', async ({
  page,
}) => {
  await trainOnColours(page)
  const open = page.getByRole('button', { name: 'Open the report' })
  await open.click()
  const report = dialog(page)
  await expect(report.getByRole('heading', { name: '2 mistakes' })).toBeVisible()
  await expect(report).toContainText('9 photos were held out: the head was trained on the other 16')
  await expect(report.getByRole('row', { name: /^red 60 % 3 of 5 100 % 3 of 3/ })).toBeVisible()
  await expect(report.getByRole('row', { name: /^blue 100 % 4 of 4 67 % 4 of 6/ })).toBeVisible()
  expect(await seriousProblems(page)).toEqual([])

  await test.step('a cell chosen and left again gives the focus back', async () => {
    const cell = report.getByRole('gridcell', { name: '4 photos of blue taken for what they are' })
    await cell.click()
    await expect(report.getByRole('heading', { name: '4 photos of blue taken' })).toBeFocused()
    await expect(cell).toHaveAttribute('aria-selected', 'true')
    await report.getByRole('button', { name: 'All mistakes' }).click()
    await expect(cell).toBeFocused()
    await expect(report.getByRole('heading', { name: '2 mistakes' })).toBeVisible()
  })

  await test.step('the photos trained on can be looked at, too', async () => {
    await report.getByRole('radio', { name: 'Trained on 16' }).check({ force: true })
    await expect(report).toContainText('100 % right: 16 of 16 photos trained on')
    await expect(report).toContainText('says nothing about new ones')
    await report.getByRole('radio', { name: 'Held out 9' }).check({ force: true })
  })

  await test.step('it can be taken along as JSON and CSV', async () => {
    for (const format of ['JSON', 'CSV']) {
      const saved = page.waitForEvent('download')
      await report.getByRole('button', { name: `Save the report as ${format}` }).click()
      const text = readFileSync(await (await saved).path(), 'utf8')
      expect(text.match(/blue in red-\d\.png/g)).toHaveLength(2)
    }
  })

  await test.step('from a photo to its place among the photos', async () => {
    await report
      .getByRole('button', { name: /taken for blue/ })
      .first()
      .click()
    const photo = page.getByRole('dialog', { name: 'Photo 1 of 2' })
    const name = (await photo.getByRole('img').getAttribute('alt')) ?? ''
    await photo.getByRole('button', { name: 'Show it among the photos' }).click()
    await expect(report).toHaveCount(0)
    await expect(page.getByRole('option', { name, selected: true })).toBeInViewport()
    await expect(page.getByRole('listbox', { name: 'Photos of red' })).toBeFocused()
  })

  await test.step('closed, the report gives the focus back', async () => {
    await open.click()
    await expect(report).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(open).toBeFocused()
  })
})

test('very few photos are evaluated one at a time, and the report says what that means', async ({ page }) => {
  await openNetwork(page)
  await addColours(page, 'red', 'red', 4, 'train')
  await addColours(page, 'blue', 'blue', 4, 'train')
  await page.evaluate((split) => window.cutpoint.train({ split }), heldOut)
  const station = page.getByTestId('report')
  await expect(station).toContainText('right: 8 of 8 photos left out one at a time')
  await page.getByRole('button', { name: 'Open the report' }).click()
  await expect(dialog(page)).toContainText(
    'each of the 8 was evaluated by a head of its own, trained on all the others',
  )
  await dialog(page).getByRole('radio', { name: 'Trained on 8' }).check({ force: true })
  await expect(dialog(page)).toContainText('Nothing was held out, because the settings say to train on all 8 photos')
})

test('one photo a label is nothing to evaluate with, and no number says otherwise', async ({ page }) => {
  await openNetwork(page)
  await addColours(page, 'red', 'red', 1, 'train')
  await addColours(page, 'blue', 'blue', 1, 'train')
  const report = await page.evaluate(() => window.cutpoint.train())
  expect(report).toMatchObject({ accuracy: { validation: null, test: null }, leaveOneOut: null })
  const station = page.locator('[data-station=train]')
  await expect(station).toContainText('trained, not evaluated')
  await expect(station).toContainText('There is nothing to evaluate with.')
  await expect(station).not.toContainText('%')
  await page.getByRole('button', { name: 'Open the report' }).click()
  await expect(dialog(page)).toContainText('There is nothing to evaluate with.')
})

test('curves grow while a head with hidden layers trains, and are in its report', async ({ page }) => {
  await openNetwork(page)
  await addColours(page, 'red', 'red', 8, 'train')
  await addColours(page, 'blue', 'blue', 8, 'train')
  const training = page.evaluate(() =>
    window.cutpoint.train({
      head: {
        kind: 'dense',
        // Wide enough to be seen on its way.
        hidden: [1024, 512],
        dropout: 0,
        optimizer: 'adam',
        learningRate: 0.001,
        epochs: 400,
        batchSize: 8,
        patience: 0,
      },
      split: { train: 1, validation: 0, test: 0 },
    }),
  )
  const station = page.locator('[data-station=train]')
  await expect(station.getByRole('img', { name: /^Loss over \d+ rounds of training: from/ })).toBeVisible()
  const { history } = await training
  expect(history).toHaveLength(400)
  await expect(station.getByRole('img', { name: /^Loss over/ })).toHaveCount(0)
  await page.getByRole('button', { name: 'Open the report' }).click()
  await expect(dialog(page).getByRole('img', { name: /^Loss over 400 rounds of training/ })).toBeVisible()
  await dialog(page).getByText('As a table').click()
  await expect(dialog(page).getByRole('table').last().getByRole('row')).toHaveCount(401)
})

async function openNetwork(page: Page): Promise<void> {
  await openPage(page)
  const files = filesIn(network)
    .filter((file) => /model\.json$|\.bin$/.test(file))
    .map((file) => ({ name: file.slice(network.length + 1), base64: readFileSync(file).toString('base64') }))
  await page.evaluate(async (parts) => {
    const load = async ({ name, base64 }: { name: string; base64: string }): Promise<File> =>
      new File([await (await fetch(`data:application/octet-stream;base64,${base64}`)).blob()], name)
    const { suggestedCut } = await window.cutpoint.open(await Promise.all(parts.map(load)))
    if (suggestedCut === null) throw new Error('nothing to cut at')
    await window.cutpoint.cut(suggestedCut)
  }, files)
}

/** Adds pictures of a colour, each a little different, to a label that need not be its own. */
async function addColours(
  page: Page,
  label: string,
  colour: 'red' | 'blue',
  count: number,
  part: 'train' | 'test',
): Promise<void> {
  const added = await page.evaluate(
    async (asked) => {
      const canvas = new OffscreenCanvas(40, 40)
      const context = canvas.getContext('2d')
      const files: File[] = []
      for (let i = 0; i < asked.count; i++) {
        if (!context) break
        context.fillStyle = asked.colour === 'red' ? '#d02010' : '#1030d0'
        context.fillRect(0, 0, 40, 40)
        context.fillStyle = '#888'
        context.fillRect(3 * i, 5, 4, asked.part === 'train' ? 6 : 9)
        const name =
          asked.colour === asked.label ? `${asked.label}-${i}.png` : `${asked.colour} in ${asked.label}-${i}.png`
        // Not of the same bytes as the right ones: those would be the same photo.
        context.fillRect(0, 34, asked.colour === asked.label ? 3 : 8, 4)
        files.push(new File([await canvas.convertToBlob()], name))
      }
      return (await window.cutpoint.addImages(asked.label, files, { part: asked.part })).added
    },
    { label, colour, count, part },
  )
  expect(added).toBe(count)
}

async function countsOf(page: Page): Promise<Record<string, number>> {
  const labels = await page.evaluate(() => window.cutpoint.labels())
  return Object.fromEntries(labels.map(({ label, images }) => [label, images]))
}

function isFocused(element: Element): boolean {
  return element === document.activeElement
}
