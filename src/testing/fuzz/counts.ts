/** Hostile models of each kind that `npm test` tries: 20,000. `npm run bench -- fuzz` tries many more. */
export const counts: Readonly<Record<string, number>> = {
  'typed graph': 15_600,
  'TensorFlow.js graph': 1500,
  'TensorFlow.js layers': 700,
  'frozen graph': 1000,
  SavedModel: 200,
  zip: 1000,
}

/** The quickest kind and by far the most: tried beside the others, by a test file of its own. */
export const ofItsOwn = 'typed graph'
