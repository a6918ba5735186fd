import { CutpointError } from '../../../errors'
import type { FeaturesFormat } from '../../../types'
import type { JobContext } from '../../jobs'
import { csvOf } from './csv'
import { npzOf } from './npz'
import type { FeaturesTable, WriteFeatures } from './types'

const writers: Readonly<Record<FeaturesFormat, WriteFeatures>> = { npz: npzOf, csv: csvOf }

/** Features as a file of that format. Throws CutpointError `no-images` or `not-available`, and what `context` throws. */
export function writeFeatures(format: FeaturesFormat, table: FeaturesTable, context: JobContext): Promise<Blob> {
  return writers[format](table, context)
}

/** Throws CutpointError `not-available` for a format that is not written. */
export function requireFeaturesFormat(format: string): FeaturesFormat {
  if (format === 'npz' || format === 'csv') return format
  throw new CutpointError(
    'not-available',
    `Features are not written as “${format}”.`,
    `Use one of ${Object.keys(writers).join(', ')}.`,
  )
}
