import type { HeadOptions } from '../../types'

type SvmOptions = Extract<HeadOptions, { kind: 'svm' }>

/** Texts of support vector machines. */
export const svmTexts = {
  name: 'Support vectors (SVM)',
  help: 'Borders by the nearest photos. For few photos.',
  title: ({ kernel, c, gamma }: Omit<SvmOptions, 'kind'>) =>
    kernel === 'linear' ? `SVM, C ${c}` : `SVM curved, C ${c}, γ ${gamma}`,
  kernel: {
    name: 'Borders',
    help: 'Straight ones suit most networks. Curved ones (RBF) can follow odd shapes, take longer, and keep features of photos.',
    says: { linear: 'Straight (linear)', rbf: 'Curved (RBF)' } satisfies Record<SvmOptions['kernel'], string>,
  },
  c: {
    name: 'Cost of mistakes (C)',
    help: 'More follows the photos more closely, less keeps a wider margin.',
  },
  gamma: {
    name: 'Reach of a photo (γ)',
    help: 'Of curved borders alone: more lets only very similar photos count.',
  },
  says: (value: number | 'auto') => (value === 'auto' ? 'Chosen by cross-validation' : String(value)),
}
