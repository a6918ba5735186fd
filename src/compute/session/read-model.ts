import { openModel } from '../../formats'
import { fetchSources } from '../../formats/fetching/fetch'
import { blobFile } from '../../formats/source'
import type { ReadModel, SourceFile } from '../../formats/types'
import type { JobContext } from '../jobs'
import type { ModelSource, OpenChoices } from './types'

/** Reads a model from dropped files or an address; labels that were given to it before go with it. Throws CutpointError. */
export async function readModel(
  source: ModelSource,
  choices: OpenChoices,
  context: JobContext,
): Promise<{ files: readonly SourceFile[]; read: ReadModel }> {
  const files =
    'url' in source
      ? await fetchSources(source.url, context, choices)
      : source.files.map(({ path, blob }) => blobFile(path, blob))
  const read = await openModel(files, context, choices)
  return { files, read: choices.labels ? { ...read, labels: choices.labels } : read }
}
