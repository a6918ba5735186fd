const lastPart = (name: string): string => name.slice(name.lastIndexOf('/') + 1)

/** Training the last part of a network, too. */
export const tailTexts = {
  /** Why it cannot begin at a tensor. */
  refused: {
    operation: (op: string, node: string, why: string) =>
      `What comes behind the operation ${op} (“${lastPart(node)}”) can be trained, but not what comes before it: ${why}. Choose a later tensor.`,
    'goes-round': (tensor: string) =>
      `The layers behind it also take “${lastPart(tensor)}”, which comes from before it. Choose a tensor that everything goes through.`,
    'not-before': 'The cut does not depend on this tensor. Choose one on the way to the cut.',
    'no-maps':
      'How large this is, is only known when the network runs, or it holds no ordinary numbers. Choose another tensor.',
    'nothing-trained': 'There is nothing to train between here and the cut. Choose an earlier tensor.',
  },
  /** What keeps an operation from being trained through, to follow a colon. */
  stoppedBy: {
    unknown: 'how errors go back through it is not known here',
    type: 'it computes in numbers of another precision',
    'batch-statistics': 'it takes mean and variance from the photos that go through together',
    'while-running': 'how it is set is only known when the network runs',
    groups: 'its kernels each take a part of the channels',
  },
  untied: (count: number) =>
    count === 1
      ? 'One weight is used in the frozen part, too. There it stays as it is; from now on they are two.'
      : `${count} weights are used in the frozen part, too. There they stay as they are; from now on there are two of each.`,
} as const
