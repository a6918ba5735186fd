import type { WriterFacts } from '../../formats/writers'
import { saveFile } from '../page/save-file'
import { exportModel } from './training'

/** Hands the trained graft to the user as a file in one of the formats. Throws what `exportModel` throws. */
export async function downloadModel({ id, ending }: WriterFacts): Promise<void> {
  saveFile(await exportModel(id), `cutpoint-model.${ending}`)
}
