/** The stations of the way, in order. */
export const steps = ['model', 'cut', 'photos', 'train', 'try'] as const
export type Step = (typeof steps)[number]
