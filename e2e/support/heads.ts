import type { Page, TestInfo } from '@playwright/test'
import { cpSync, mkdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { sampleIndex, samplesFolder } from './data'

/** A folder for each label of the samples, with eight of its photos that are trained on. */
export function photoFolders(info: TestInfo): string[] {
  const { labels, images } = sampleIndex()
  return labels.map((label) => {
    const folder = info.outputPath('photos', label)
    mkdirSync(folder, { recursive: true })
    const own = images.filter((image) => image.label === label && image.part === 'train')
    for (const image of own.slice(0, 8)) cpSync(join(samplesFolder, image.file), join(folder, basename(image.file)))
    return folder
  })
}

/** A sample photo as an address. */
export const sampleUrl = (file: string): string =>
  `data:image/webp;base64,${readFileSync(join(samplesFolder, file)).toString('base64')}`

/** The probability of each label for a sample photo, by what predicts now. */
export async function probabilities(page: Page, file: string): Promise<Record<string, number>> {
  const predictions = await page.evaluate((photo) => window.cutpoint.predict(photo), sampleUrl(file))
  return Object.fromEntries(predictions.map(({ label, probability }) => [label, probability]))
}
