import { BlobReader, Uint8ArrayWriter, ZipReader } from '@zip.js/zip.js'
import type { Page } from '@playwright/test'

/** The files of a zip by their paths. */
export async function unzip(bytes: Uint8Array<ArrayBuffer>): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>()
  const reader = new ZipReader(new BlobReader(new Blob([bytes])))
  for (const entry of await reader.getEntries()) {
    if (!entry.directory) files.set(entry.filename, await entry.getData(new Uint8ArrayWriter()))
  }
  return files
}

/** The bytes of a file that a script in the page makes. */
export async function bytesFrom(page: Page, make: () => Promise<Blob>): Promise<Uint8Array<ArrayBuffer>> {
  const handle = await page.evaluateHandle(make)
  const text = await handle.evaluate(async (blob) => {
    const bytes = new Uint8Array(await blob.arrayBuffer())
    let letters = ''
    for (let start = 0; start < bytes.length; start += 8192) {
      letters += String.fromCharCode(...bytes.subarray(start, start + 8192))
    }
    return btoa(letters)
  })
  await handle.dispose()
  return new Uint8Array(Buffer.from(text, 'base64'))
}
