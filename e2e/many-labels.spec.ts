import { expect, test, type Page } from '@playwright/test'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dropPaths } from './support/drop'
import { openSmallNetwork } from './support/network'
import { openPage } from './support/page'

const labels = 1000
const perLabel = 2
const side = 8
/** Elements of the whole page at most, whatever is open. */
const mostElements = 20_000

test('a thousand labels are sorted, trained and reported with few elements on the page', async ({ page }) => {
  test.setTimeout(600_000)
  const folder = mkdtempSync(join(tmpdir(), 'cutpoint-labels-'))
  try {
    writePictures(folder)
    await openPage(page)
    await openSmallNetwork(page)
    await dropPaths(page, page.getByTestId('photo-drop'), [join(folder, 'set')])
    await expect
      .poll(() => page.evaluate(async () => (await window.cutpoint.photos()).length), { timeout: 500_000 })
      .toBe(labels * perLabel)
    expect(await page.evaluate(async () => (await window.cutpoint.labels()).length)).toBe(labels)
    expect(await elements(page)).toBeLessThan(mostElements)

    const report = await page.evaluate(() => window.cutpoint.train())
    // Two photos a label are too few to hold any out.
    expect(report.accuracy.train).toBeGreaterThan(0.01)
    expect(report.warnings.length).toBeLessThan(8)

    // The last label is scrolled to and there; so is its picture when asked for.
    await page.getByTestId('report').getByRole('button', { name: 'Open the report' }).click()
    const dialog = page.getByRole('dialog')
    await expect(dialog.getByRole('grid')).toBeVisible()
    await expect(dialog.getByText(`of ${labels.toLocaleString('en')}`)).toBeVisible()
    expect(await dialog.getByRole('grid').locator('tbody tr').count()).toBe(40)
    expect(await elements(page)).toBeLessThan(mostElements)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

const elements = (page: Page): Promise<number> => page.evaluate(() => document.querySelectorAll('*').length)

/** Folders of tiny BMP pictures, each label of a colour of its own, each picture with noise of its own. */
function writePictures(folder: string): void {
  for (let label = 0; label < labels; label++) {
    const name = join(folder, 'set', `person ${String(label).padStart(4, '0')}`)
    mkdirSync(name, { recursive: true })
    for (let picture = 0; picture < perLabel; picture++) {
      writeFileSync(join(name, `${picture}.bmp`), bitmap(label, picture))
    }
  }
}

function bitmap(label: number, picture: number): Buffer {
  const bytes = Buffer.alloc(54 + side * side * 3)
  bytes.write('BM')
  bytes.writeUInt32LE(bytes.length, 2)
  bytes.writeUInt32LE(54, 10)
  bytes.writeUInt32LE(40, 14)
  bytes.writeInt32LE(side, 18)
  bytes.writeInt32LE(side, 22)
  bytes.writeUInt16LE(1, 26)
  bytes.writeUInt16LE(24, 28)
  let state = label * perLabel + picture + 1
  for (let at = 54; at < bytes.length; at++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    const base = [(label * 37) % 200, (label * 91) % 200, (label * 53) % 200][at % 3]
    bytes[at] = base + ((state >> 16) % 50)
  }
  return bytes
}
