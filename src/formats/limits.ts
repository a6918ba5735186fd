import { CutpointError } from '../errors'
import { inWords } from './source'

export interface SizeLimits {
  /** Models of more bytes than this are refused until `allowLarge`; 1 GiB where not given. */
  readonly maxBytes?: number
  readonly allowLarge?: boolean
}

/** 1 GiB: with its copies on the way to the backend, about what a tab can hold. */
export const defaultMaxBytes = 2 ** 30

/** Throws CutpointError `too-large` unless the bytes are few enough, or large models were allowed. */
export function checkSize(path: string, bytes: number, { maxBytes = defaultMaxBytes, allowLarge }: SizeLimits): void {
  if (bytes <= maxBytes || allowLarge) return
  throw new CutpointError(
    'too-large',
    `${path} and its weights are ${inWords(bytes)}, which may be more than this tab can hold.`,
    'Open it anyway, or use a smaller model.',
    { path, bytes, maxBytes },
  )
}
