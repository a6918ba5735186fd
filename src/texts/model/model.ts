import { quoted } from '../../marks'

/** What a format is called beside a model's name; others go by their id. */
const formats: Readonly<Partial<Record<string, string>>> = {
  frozen: 'frozen graph',
  'saved-model': 'SavedModel',
  checkpoint: 'checkpoint',
  'keras-h5': 'Keras .h5',
  keras: 'Keras',
  'tfjs-layers': 'TensorFlow.js layers',
  'tfjs-graph': 'TensorFlow.js graph',
}

/** The station of the open model. */
export const modelTexts = {
  title: 'Model',
  format: (id: string) => formats[id] ?? id,
  workedOutState: 'being worked out',
  workedOut: 'Shapes, costs and cuts are still being worked out.',
  operations: 'Operations',
  weights: 'Weights',
  picture: 'Picture',
  named: (labels: number) => `${labels} labels for its classes`,
  namedText: 'Show it a photo under “Try and keep”, and it says what it sees.',
  noPicture: 'none',
  noPictureNext:
    'So it cannot be trained on photos here; its graph and weights can be looked at. Save it with an input that takes pictures, if it has one.',
  samePicture: (tensor: string) => `${quoted(tensor)} takes a picture, too: the same photo goes into both.`,
  pictureInput: (tensor: string) => `${quoted(tensor)} takes a picture of another kind: it gets a black one.`,
  recommendFor: 'Recommend cuts on the way to the output',
  input: 'Input',
  needsValue: ' needs a value',
  numbers: 'numbers, separated by commas',
} as const
