import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { loadWriter } from './load-writer'
import { errorOf } from './testing/errors'
import type { WriterFacts } from './types'
import { writers } from './writers'

const all: readonly WriterFacts[] = writers
const ids = all.map(({ id }) => id)

describe('the list of writers', () => {
  it('names every folder that can write, each once', () => {
    const folder = new URL('.', import.meta.url)
    const canWrite = readdirSync(folder, { withFileTypes: true }).filter(
      (entry) => entry.isDirectory() && readdirSync(new URL(`${entry.name}/`, folder)).includes('write.ts'),
    )
    expect([...ids].sort()).toEqual(canWrite.map(({ name }) => name).sort())
    expect(new Set(ids).size).toBe(ids.length)
  })

  it.each(ids)('has the code of %s', async (id) => {
    const { facts, writer } = await loadWriter(id)
    expect(facts).toBe(all.find((known) => known.id === id))
    expect(facts.ending).toMatch(/^[a-z0-9.]+$/)
    expect(Array.isArray(writer.passes)).toBe(true)
    expect(writer).toHaveProperty('write', expect.any(Function))
  })

  it.each(['onnx', '', '../tfjs-layers', 'constructor'])('refuses “%s”, and says what is written', async (id) => {
    const error = await errorOf(loadWriter(id))
    expect(error.code).toBe('not-available')
    for (const known of ids) expect(error.next).toContain(`“${known}”`)
  })
})
