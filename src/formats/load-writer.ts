import { CutpointError } from '../errors'
import { lazyModule } from '../lazy-module'
import type { Writer, WriterFacts } from './types'
import { writers } from './writers'

/** A writer with what is known of it. */
export interface LoadedWriter {
  readonly facts: WriterFacts
  readonly writer: Writer
}

/** The writer of that name. Throws CutpointError `not-available` for a format that is not written. */
export async function loadWriter(id: string): Promise<LoadedWriter> {
  const all: readonly WriterFacts[] = writers
  const facts = all.find((known) => known.id === id)
  if (!facts) {
    throw new CutpointError(
      'not-available',
      `Cutpoint does not write the format “${id}” yet.`,
      `Use ${all.map((known) => `“${known.id}”`).join(' or ')}; the README lists what is written.`,
    )
  }
  // Folders are named as their writers, and each is a script of its own, fetched when it is first asked for.
  const load = lazyModule('What writes this format', async () => {
    return (await import(`./${facts.id}/write.ts`)) as { readonly writer: Writer }
  })
  return { facts, writer: (await load()).writer }
}
