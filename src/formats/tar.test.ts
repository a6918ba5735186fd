import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { openModel } from '.'
import { memoryFile, readAll } from './source'
import { errorOf } from './testing/errors'
import { quiet } from './testing/files'
import { savedModelChoice, savedModelFiles } from './saved-model/testing/fixtures'
import type { SourceFile } from './types'

/** A tar of files, as `tar` writes it. */
async function tarOf(files: readonly SourceFile[]): Promise<Uint8Array> {
  const blocks: Buffer[] = []
  for (const file of files) {
    const { path, size } = file
    const header = Buffer.alloc(512)
    header.write(`./${path}`, 0)
    header.write(`${size.toString(8).padStart(11, '0')}\0`, 124)
    header.write('0ustar', 156)
    header.write('ustar\u000000', 257)
    blocks.push(header, Buffer.from(await readAll(file)), Buffer.alloc((512 - (size % 512)) % 512))
  }
  return Buffer.concat([...blocks, Buffer.alloc(1024)])
}

describe('models in tar and gzip', () => {
  it('open as their folder does', async () => {
    const files = savedModelFiles('keras3')
    const tar = await tarOf(files)
    const plain = await openModel(files, quiet, savedModelChoice('keras3'))
    for (const [name, bytes] of [
      ['hub.tar.gz', gzipSync(tar)],
      ['hub.tgz', gzipSync(tar)],
      ['hub.tar', tar],
    ] as const) {
      const model = await openModel([memoryFile(name, bytes)], quiet)
      expect(model.graph.nodes).toEqual(plain.graph.nodes)
      const [id] = plain.graph.weights.keys()
      expect(await model.weights.values(id)).toEqual(await plain.weights.values(id))
    }
  })

  it('may be one file in gzip', async () => {
    const [pb] = savedModelFiles('keras3').filter(({ path }) => path.endsWith('.pb'))
    const error = await errorOf(openModel([memoryFile('saved_model.pb.gz', gzipSync(await readAll(pb)))], quiet))
    expect(error.code).toBe('missing-weights')
  })

  it('are refused when cut off, and when they unpack to a thousand times their size', async () => {
    const packed = gzipSync(await tarOf(savedModelFiles('keras3')))
    const cut = memoryFile('hub.tar.gz', packed.subarray(0, packed.length / 2))
    expect(await errorOf(openModel([cut], quiet))).toMatchObject({ code: 'bad-zip' })
    const bomb = memoryFile('bomb.tar.gz', gzipSync(new Uint8Array(90_000_000)))
    expect(await errorOf(openModel([bomb], quiet))).toMatchObject({ code: 'bad-zip', details: { reason: 'unpacks' } })
  })
})
