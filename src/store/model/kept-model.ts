import type { KeptModel, NamedChoices } from '../state/types'

/** What is kept of a model, whose files are at that place. */
export const keptModel = (
  { key, allowLarge, patient, choose, labels, told }: NamedChoices,
  name: string,
  from: KeptModel['from'],
): KeptModel => ({
  key,
  name,
  from,
  choices: {
    ...(allowLarge !== undefined && { allowLarge }),
    ...(patient !== undefined && { patient }),
    ...(choose !== undefined && { choose }),
    ...(labels && { labels }),
    ...(told && told.length > 0 && { told }),
  },
})
