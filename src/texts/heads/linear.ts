/** Texts of linear heads. */
export const linearTexts = {
  name: 'Linear',
  help: 'One layer, worked out exactly and at once. Best to begin with.',
  title: (l2: number | 'auto', each: boolean) => `Linear, λ ${l2}${each ? ', each feature scaled' : ''}`,
  scale: {
    name: 'Scale of the features',
    help: 'By one number, features that vary little count little, which is best for few photos. Each by its own makes all count alike.',
    says: { global: 'All by one number', each: 'Each by its own deviation' },
  },
  l2: {
    name: 'Penalty on large weights (λ)',
    help: 'More makes it more careful, less lets it follow the photos more closely.',
    says: (l2: number | 'auto') => (l2 === 'auto' ? 'Chosen by cross-validation' : String(l2)),
  },
}
