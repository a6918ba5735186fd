const lastPart = (tensor: string): string => tensor.slice(tensor.lastIndexOf('/') + 1)

/** The station of the cut. */
export const cutTexts = {
  title: 'Cut',
  notYet: 'not yet',
  notCut: 'not cut yet',
  workedOut: 'Where this network can be cut is still being worked out.',
  how: 'Take the suggestion. Or click a line of the graph (a tensor) where the part worth keeping ends.',
  noneSuggested: 'No cut can be suggested for this model: no tensor depends on a picture and keeps one row for each.',
  take: 'Take the suggested cut',
  show: 'Show it',
  features: (count: string) => `${count} features`,
  several: 'Each of these tensors is pooled, and they are put side by side.',
  recommended: 'Recommended',
  unusual: 'Unusual',
  shape: 'Shape',
  featuresForHead: 'Features for the head',
  parameters: 'Parameters kept',
  multiplyAdds: 'Multiply-adds a photo',
  weights: 'Weights kept',
  showOnGraph: 'Show on graph',
  suggested: 'Suggested cut',

  /** What was done, for undo and redo. */
  did: (tensors: readonly string[]) => {
    const [first, ...others] = tensors.map(lastPart)
    return tensors.length === 0 ? 'cut' : `cut at ${others.length === 0 ? first : `${tensors.length} tensors`}`
  },
} as const
