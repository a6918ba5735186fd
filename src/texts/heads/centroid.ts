/** Texts of nearest averages. */
export const centroidTexts = {
  name: 'Nearest average',
  help: 'By each label’s average. For very few photos.',
  title: 'Nearest average',
}
