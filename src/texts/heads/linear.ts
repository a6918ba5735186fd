/** Texts of linear heads. */
export const linearTexts = {
  name: 'Linear',
  help: 'One layer, worked out exactly and at once. Best to begin with.',
  title: (l2: number) => `Linear, λ ${l2}`,
  l2: {
    name: 'Penalty on large weights (λ)',
    help: 'More makes it more careful, less lets it follow the photos more closely.',
  },
}
