/** Names in a place of files for what is not kept. */
export interface Scratch {
  /** The folder of what is being written; what lies there when the place is opened is deleted. */
  readonly unfinished: string
  /** The key of what is written to see whether that works. */
  readonly trial: string
}

/**
 * Pictures and the files of models lie side by side in one place, which two workers have open at once: each has names of its
 * own, so that neither deletes what the other is writing. Those of pictures are from when one worker kept both.
 */
export const scratch = {
  pictures: { unfinished: 'unfinished', trial: 'trial/file' },
  models: { unfinished: 'unfinished-models', trial: 'trial-models/file' },
} as const satisfies Readonly<Record<string, Scratch>>
