import { expect, type Page, type TestInfo } from '@playwright/test'
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { BlobWriter, ZipWriter } from '@zip.js/zip.js'
import { sampleIndex, samplesFolder } from './data'
import { dropPaths } from './drop'

const pictures = sampleIndex().images.map(({ file }) => join(samplesFolder, file))

/** Files by path: a text, bytes, or null for a picture, each another one. */
export type Layout = Readonly<Record<string, string | Uint8Array | null>>

/** Writes a layout to disk; gives the full paths of what lies at its top. */
export function writeLayout(info: TestInfo, layout: Layout): string[] {
  const root = info.outputPath('dropped')
  Object.entries(layout).forEach(([path, content], number) => {
    const file = join(root, path)
    mkdirSync(path.endsWith('/') ? file : dirname(file), { recursive: true })
    if (path.endsWith('/')) return
    if (content === null) copyFileSync(pictures[number % pictures.length], file)
    else writeFileSync(file, content)
  })
  return [...new Set(Object.keys(layout).map((path) => path.split('/')[0]))].map((name) => join(root, name))
}

/** Drops a layout on the photos, as a person would. */
export async function dropLayout(page: Page, info: TestInfo, layout: Layout): Promise<void> {
  await dropPaths(page, page.getByTestId('photo-drop'), writeLayout(info, layout))
}

/** A zip with a picture for each path. */
export async function zipOf(paths: readonly string[]): Promise<Uint8Array> {
  const writer = new ZipWriter(new BlobWriter(), { useWebWorkers: false })
  for (const [number, path] of paths.entries()) {
    await writer.add(path, new Blob([readFileSync(pictures[100 + (number % 80)])]).stream())
  }
  return new Uint8Array(await (await writer.close()).arrayBuffer())
}

/** Waits until each label has so many photos, and no other label is there. */
export async function expectLabels(page: Page, wanted: Readonly<Record<string, number>>): Promise<void> {
  await expect
    .poll(() =>
      page.evaluate(async () =>
        Object.fromEntries((await window.cutpoint.labels()).map(({ label, images }) => [label, images])),
      ),
    )
    .toEqual(wanted)
}

/** The part of each photo, by its path, and whether photos share it by being pinned is seen by their order not mattering. */
export const partsByPath = (page: Page): Promise<Record<string, string>> =>
  page.evaluate(async () => Object.fromEntries((await window.cutpoint.photos()).map(({ name, part }) => [name, part])))
