/** The station of the open model. */
export const modelTexts = {
  title: 'Model',
  workedOutState: 'being worked out',
  workedOut: 'Shapes, costs and cuts are still being worked out.',
  operations: 'Operations',
  weights: 'Weights',
  picture: 'Picture',
  named: (labels: number) => `${labels} labels for its classes`,
  namedText: 'Show it a photo under “Try and keep”, and it says what it sees.',
  noPicture: 'none: this model takes no pictures',
  recommendFor: 'Recommend cuts on the way to the output',
  input: 'Input',
  needsValue: ' needs a value',
  numbers: 'numbers, separated by commas',
} as const
